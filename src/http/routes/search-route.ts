import { toSearchReply } from '../../search/search-reply.js';
import { searchReplySchema } from '../../search/search-reply-schema.js';
import { MODEL_ERRORS, READING_ERRORS } from '../archive-errors.js';
import { SEARCH_EXAMPLES } from '../examples/search-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { parseSearchBody, searchBodySchema } from '../parse-search-body.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { searchForCaller } from '../search-for-caller.js';
import { sendJson } from '../send-json.js';

export function searchRoute({
  search,
  maxBodyBytes,
}: Pick<HttpServerOptions, 'search' | 'maxBodyBytes'>): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/search',
    operationId: 'search',
    tag: 'search',
    summary: 'Ask a question',
    description:
      'Gives the passages that answer a question, best first, each with the sentence that answers. Ask in Arabic or ' +
      'English; passages are found in both languages, whichever the question is in. A search whose caller closes the ' +
      'connection is stopped.',
    scope: 'search',
    lane: 'search',
    body: { kind: 'json', schema: searchBodySchema, maxBytes: maxBodyBytes, read: parseSearchBody },
    replies: { 200: jsonReply('The passages, best first.', searchReplySchema) },
    errors: [...READING_ERRORS, ...MODEL_ERRORS, 'QUERY_EMPTY', 'QUERY_TOO_LONG'],
    examples: SEARCH_EXAMPLES,
    handle: async ({ res, body, access, startedAt }) => {
      const result = await searchForCaller(search, body, access);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toSearchReply(result, performance.now() - startedAt));
    },
  });
}
