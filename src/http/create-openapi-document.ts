import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { withBareReferences } from './bare-references.js';
import { describeOperation } from './describe-operation.js';
import type { Gate } from './gate.js';
import { ROUTE_TAGS, type Route } from './route.js';

export type OpenapiDocument = ReturnType<typeof createDocument>;

const DESCRIPTION = `Semantic search for Arabic and English articles: ask in either language, get the passage and the sentence that answers.

JSON over HTTP/1.1, in UTF-8. Field names are snake_case. A field or parameter that does not exist is refused, never
ignored; replies may get new fields in later versions. Every error has one form, and a code that [the page about errors](/docs/errors) explains.`;

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
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Fihrist',
        version,
        description: DESCRIPTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'This service.' }],
      // No route asks for credentials.
      security: [],
      tags: Object.entries(ROUTE_TAGS).map(([name, description]) => ({ name, description })),
      paths,
    },
    {
      override: ({ zodSchema, jsonSchema, io }) => {
        sayWhatElseIsAllowed(zodSchema, jsonSchema, io);
        leaveOutSafeIntegers(jsonSchema);
      },
    },
  );
  return withBareReferences(document);
}

/**
 * A `z.object` says nothing of other fields than its own. In a request they are refused (`readFields`); a reply may get
 * new ones in a later version, so programs must not be made to refuse them. `z.looseObject` says that others are allowed.
 */
function sayWhatElseIsAllowed(
  zodSchema: z.core.$ZodType,
  jsonSchema: { additionalProperties?: unknown },
  io: 'input' | 'output',
): void {
  if (!(zodSchema instanceof z.ZodObject) || zodSchema.def.catchall !== undefined) return;
  if (io === 'input') jsonSchema.additionalProperties = false;
  else delete jsonSchema.additionalProperties;
}

/** Zod says of every whole number that it is one that JavaScript can hold, which tells nobody anything. */
function leaveOutSafeIntegers(jsonSchema: { minimum?: number; maximum?: number }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
