import { toSearchReply } from '../../search/search-reply.js';
import { searchReplySchema } from '../../search/search-reply-schema.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { parseSearchBody, searchBodySchema } from '../parse-search-body.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { sendJson } from '../send-json.js';
import { signalOfCaller } from '../signal-of-caller.js';

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
    errors: ['QUERY_EMPTY', 'QUERY_TOO_LONG', 'NOT_READY', 'WORKER_STOPPED', 'EMBEDDING_FAILED'],
    examples: {
      arabic: {
        summary: 'A question in Arabic',
        body: { query: 'لماذا يجب أن ننام قبل الامتحان؟', limit: 3 },
      },
      one_language: {
        summary: 'A question in English, answers in Arabic',
        body: { query: 'Who built the elephant clock?', languages: ['ar'], limit: 1 },
      },
      filters: {
        summary: 'One hit an article, from what was published since 2020 and tagged',
        body: {
          query: 'machines driven by water',
          filters: {
            type: 'and',
            filters: [
              { type: 'gte', key: 'published_at', value: '2020' },
              { type: 'in', key: 'tags', value: ['technology', 'history'] },
            ],
          },
          group_by: 'article',
          limit: 1,
        },
      },
      explain: {
        summary: 'A phrase in quotes, and what scores are made of',
        body: { query: 'Who built the "elephant clock"?', explain: true, limit: 1 },
      },
    },
    handle: async ({ res, body, startedAt }) => {
      const result = await search(body, signalOfCaller(res));
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toSearchReply(result, performance.now() - startedAt));
    },
  });
}
