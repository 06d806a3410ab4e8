import { INTERFACE_NAMES } from '../../../src/http/compat/interface-names.js';
import { createOpenapiDocument } from '../../../src/http/create-openapi-document.js';
import type { HttpServerOptions } from '../../../src/http/http-server-options.js';
import { listRoutes } from '../../../src/http/routes/list-routes.js';

/** Every route of the program. They cannot be called: what they answer with is not there. */
export const routes = listRoutes({
  maxBodyBytes: 1024,
  metrics: {},
  interfaces: { enabled: new Set(INTERFACE_NAMES) },
} as unknown as HttpServerOptions);

/** A JSON Schema, as far as tests look into it. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly [keyword: string]: unknown;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: SchemaNode }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly security?: unknown;
  readonly parameters?: ReadonlyArray<{
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly schema: SchemaNode;
  }>;
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
}

/** The document of these routes, as it is read over HTTP. */
export const document = JSON.parse(
  JSON.stringify(createOpenapiDocument(routes, { version: '1.2.3', gates: [] })),
) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, SchemaNode>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
};

export const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
