import { MODEL_ERRORS, READING_ERRORS } from '../../archive-errors.js';
import type { HttpServerOptions } from '../../http-server-options.js';
import { defineRoute, type Route } from '../../route.js';
import { jsonReply } from '../../route-reply.js';
import { errorReplySchema } from '../../schemas/error-reply-schema.js';
import { searchForCaller } from '../../search-for-caller.js';
import { sendJson } from '../../send-json.js';
import { toWireError } from '../../wire-format.js';
import { readSearxngParameters, searxngParametersSchema } from './read-searxng-parameters.js';
import { searxngReplySchema, toSearxngReply } from './to-searxng-reply.js';

export function searxngRoute({
  search,
  serviceUrl,
}: Pick<HttpServerOptions, 'search' | 'serviceUrl'>): Route {
  return defineRoute({
    method: 'get',
    path: '/search',
    operationId: 'searchAsSearxng',
    tag: 'interfaces',
    summary: 'Search, as SearXNG does in JSON',
    description:
      'Gives the articles that answer a question, best first, each with its best passage, ten a page. Parameters that ' +
      'only a search of the web has are taken and change nothing.',
    scope: 'search',
    lane: 'search',
    query: { schema: searxngParametersSchema, read: readSearxngParameters },
    replies: { 200: jsonReply('The articles, best first.', searxngReplySchema) },
    errors: [...READING_ERRORS, ...MODEL_ERRORS, 'QUERY_EMPTY', 'QUERY_TOO_LONG'],
    // Clients ask for HTML, and read JSON.
    errorReply: { schema: errorReplySchema, toBody: toWireError },
    examples: {
      question: {
        summary: 'A question',
        query: { q: 'Who built the elephant clock?', format: 'json' },
      },
    },
    handle: async ({ res, query: request, access }) => {
      const { hits } = await searchForCaller(search, request, access);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toSearxngReply(hits, { query: request.query, serviceUrl: serviceUrl() }));
    },
  });
}
