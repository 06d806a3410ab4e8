import { z } from 'zod';
import { MODEL_ERRORS, READING_ERRORS } from '../../archive-errors.js';
import { describeField } from '../../describe-field.js';
import type { HttpServerOptions } from '../../http-server-options.js';
import { defineRoute, type Route } from '../../route.js';
import { jsonReply } from '../../route-reply.js';
import { sendJson } from '../../send-json.js';
import { type CollectionSearch, searchCollection } from '../search-collection.js';
import { mergeHits } from './merge-hits.js';
import { readVectorSearchBody, vectorSearchBodySchema } from './read-vector-search-body.js';
import { toVectorSearchReply, vectorSearchReplySchema } from './to-vector-search-reply.js';

const pathParameters = z.object({
  id: describeField(z.string().min(1), {
    allowed: '"fihrist" or the name of a collection',
    meaning:
      'What is searched: the whole archive ("fihrist"), or one collection of it (the `source` of articles).',
  }),
});

export function vectorSearchRoute(parts: CollectionSearch & Pick<HttpServerOptions, 'maxBodyBytes'>): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/vector_stores/{id}/search',
    operationId: 'searchVectorStore',
    tag: 'interfaces',
    summary: 'Search, as OpenAI’s vector stores do',
    description:
      'Gives the passages that answer a question, best first. Scores are those of `POST /v1/search`, kept within 0 ' +
      'to 1. A question is never rewritten.',
    scope: 'search',
    lane: 'search',
    pathParameters,
    body: {
      kind: 'json',
      schema: vectorSearchBodySchema,
      maxBytes: parts.maxBodyBytes,
      read: readVectorSearchBody,
    },
    replies: { 200: jsonReply('The passages, best first.', vectorSearchReplySchema) },
    errors: [...READING_ERRORS, ...MODEL_ERRORS, 'QUERY_EMPTY', 'QUERY_TOO_LONG', 'COLLECTION_NOT_FOUND'],
    examples: {
      question: {
        summary: 'A question',
        path: { id: 'fihrist' },
        body: { query: 'Who built the elephant clock?', max_num_results: 3 },
      },
      filters: {
        summary: 'Arabic passages since 2020 that answer well',
        path: { id: 'fihrist' },
        body: {
          query: ['machines driven by water', 'ساعات تعمل بالماء'],
          filters: {
            type: 'and',
            filters: [
              { type: 'eq', key: 'language', value: 'ar' },
              { type: 'gte', key: 'published_at', value: '2020' },
            ],
          },
          ranking_options: { score_threshold: 0.2 },
        },
      },
    },
    handle: async ({ res, path: { id }, body: { requests, limit, scoreThreshold }, access }) => {
      const asked = { name: id, access };
      const lists = await Promise.all(requests.map((request) => searchCollection(parts, request, asked)));
      const queries = requests.map(({ query }) => query);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toVectorSearchReply(mergeHits(lists, limit), { queries, scoreThreshold }));
    },
  });
}
