import { z } from 'zod';
import { createOpenapiDocument } from '../create-openapi-document.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';

const openapiReplySchema = z
  .looseObject({ openapi: z.literal('3.1.1').describe('Version of the form that the document has.') })
  .describe('An OpenAPI document.');

/** @param routes  All there are, this one too; asked when the document is asked for the first time. */
export function openapiRoute(
  { version, gates = [] }: Pick<HttpServerOptions, 'version' | 'gates'>,
  routes: () => readonly Route[],
): Route {
  let bytes: Buffer | null = null;
  return defineRoute({
    method: 'get',
    path: '/openapi.json',
    operationId: 'openapi',
    tag: 'service',
    summary: 'This interface, for programs',
    description: 'The OpenAPI 3.1 document of all routes, to make clients, tests and pages from.',
    scope: 'public',
    lane: 'light',
    replies: {
      200: {
        description: 'The document.',
        content: { 'application/json': openapiReplySchema },
      },
    },
    errors: [],
    examples: { document: { summary: 'The document' } },
    handle: ({ res }) => {
      bytes ??= Buffer.from(JSON.stringify(createOpenapiDocument(routes(), { version, gates })));
      res.setHeader('content-type', 'application/json; charset=utf-8');
      res.setHeader('content-length', bytes.length);
      res.end(bytes);
    },
  });
}
