import { MODEL_ERRORS, READING_ERRORS } from '../../archive-errors.js';
import type { HttpServerOptions } from '../../http-server-options.js';
import { defineRoute, type Route } from '../../route.js';
import { jsonReply } from '../../route-reply.js';
import { sendJson } from '../../send-json.js';
import { type CollectionSearch, searchCollection } from '../search-collection.js';
import { readRetrievalBody, retrievalBodySchema } from './read-retrieval-body.js';
import { difyErrorSchema, toDifyError } from './to-dify-error.js';
import { retrievalReplySchema, toRetrievalReply } from './to-retrieval-reply.js';

export function difyRetrievalRoute(
  parts: CollectionSearch & Pick<HttpServerOptions, 'maxBodyBytes' | 'serviceUrl'>,
): Route {
  return defineRoute({
    method: 'post',
    path: '/retrieval',
    operationId: 'retrieveForDify',
    tag: 'interfaces',
    summary: 'Search, as Dify’s external knowledge does',
    description:
      'Gives the passages that answer a question, best first. Scores are those of `POST /v1/search`, kept within 0 ' +
      'to 1. Errors are in Dify’s form.',
    scope: 'search',
    lane: 'search',
    body: {
      kind: 'json',
      schema: retrievalBodySchema,
      maxBytes: parts.maxBodyBytes,
      read: readRetrievalBody,
    },
    replies: { 200: jsonReply('The passages, best first.', retrievalReplySchema) },
    errors: [...READING_ERRORS, ...MODEL_ERRORS, 'QUERY_EMPTY', 'QUERY_TOO_LONG', 'COLLECTION_NOT_FOUND'],
    errorReply: { schema: difyErrorSchema, toBody: toDifyError },
    examples: {
      question: {
        summary: 'A question',
        body: {
          knowledge_id: 'fihrist',
          query: 'Who built the elephant clock?',
          retrieval_setting: { top_k: 3, score_threshold: 0.2 },
        },
      },
      metadata: {
        summary: 'Arabic passages with a tag',
        body: {
          knowledge_id: 'fihrist',
          query: 'ساعات تعمل بالماء',
          retrieval_setting: { top_k: 3, score_threshold: 0 },
          metadata_condition: {
            logical_operator: 'and',
            conditions: [
              { name: 'language', comparison_operator: 'is', value: 'ar' },
              { name: 'tags', comparison_operator: 'contains', value: 'history' },
            ],
          },
        },
      },
    },
    handle: async ({ res, body: { knowledgeId, request, scoreThreshold }, access }) => {
      const hits = await searchCollection(parts, request, { name: knowledgeId, access });
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toRetrievalReply(hits, { scoreThreshold, serviceUrl: parts.serviceUrl() }));
    },
  });
}
