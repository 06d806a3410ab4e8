import { z } from 'zod';
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
  let document: Promise<Buffer> | null = null;
  // What makes the document is read when it is asked for: most services are never asked, and it takes five megabytes.
  const makeDocument = async () => {
    const { createOpenapiDocument } = await import('../create-openapi-document.js');
    return Buffer.from(JSON.stringify(createOpenapiDocument(routes(), { version, gates })));
  };
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
    handle: async ({ res }) => {
      document ??= makeDocument();
      const bytes = await document;
      res.setHeader('content-type', 'application/json; charset=utf-8');
      res.setHeader('content-length', bytes.length);
      res.end(bytes);
    },
  });
}
