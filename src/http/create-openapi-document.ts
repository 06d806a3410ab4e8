import { createDocument } from 'zod-openapi';
import { describeOperation } from './describe-operation.js';
import type { Gate } from './gate.js';
import { ROUTE_TAGS, type Route } from './route.js';

export type OpenapiDocument = ReturnType<typeof createDocument>;

const DESCRIPTION = `Semantic search for Arabic and English articles: ask in either language, get the passage and the sentence that answers.

JSON over HTTP/1.1, in UTF-8. Field names are snake_case. A field or parameter that does not exist is refused, never
ignored. Every error has one form, and a code that [the page about errors](/docs/errors) explains.`;

/**
 * The OpenAPI 3.1 document of the routes, made of the schemas that requests are checked by.
 * @param options.gates  Whose refusals are told with each route.
 * Cost: tens of milliseconds; to be kept.
 */
export function createOpenapiDocument(
  routes: readonly Route[],
  { version, gates }: { readonly version: string; readonly gates: readonly Gate[] },
): OpenapiDocument {
  const paths: Record<string, Record<string, ReturnType<typeof describeOperation>>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: describeOperation(route, gates) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Fihrist',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This service.' }],
    tags: Object.entries(ROUTE_TAGS).map(([name, description]) => ({ name, description })),
    paths,
  });
}
