import { MODEL_ERRORS, READING_ERRORS } from '../../archive-errors.js';
import type { HttpServerOptions } from '../../http-server-options.js';
import { defineRoute, type Route } from '../../route.js';
import { jsonReply } from '../../route-reply.js';
import { searchForCaller } from '../../search-for-caller.js';
import { sendJson } from '../../send-json.js';
import { readWebSearchBody, toWebResults, webResultsSchema, webSearchBodySchema } from './web-results.js';

export function openWebuiSearchRoute({
  search,
  maxBodyBytes,
  serviceUrl,
}: Pick<HttpServerOptions, 'search' | 'maxBodyBytes' | 'serviceUrl'>): Route {
  return defineRoute({
    method: 'post',
    path: '/open-webui/search',
    operationId: 'searchForOpenWebui',
    tag: 'interfaces',
    summary: 'Search, as Open WebUI’s external search does',
    description: 'Gives the articles that answer a question, best first, each with its best passage.',
    scope: 'search',
    lane: 'search',
    body: { kind: 'json', schema: webSearchBodySchema, maxBytes: maxBodyBytes, read: readWebSearchBody },
    replies: { 200: jsonReply('The articles, best first.', webResultsSchema) },
    errors: [...READING_ERRORS, ...MODEL_ERRORS, 'QUERY_EMPTY', 'QUERY_TOO_LONG'],
    examples: {
      question: { summary: 'A question', body: { query: 'Who built the elephant clock?', count: 3 } },
    },
    handle: async ({ res, body, access }) => {
      const { hits } = await searchForCaller(search, body, access);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toWebResults(hits, serviceUrl()));
    },
  });
}
