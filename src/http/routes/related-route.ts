import { z } from 'zod';
import { asPassageId } from '../../domain/passage.js';
import { toRelatedReply } from '../../search/related-reply.js';
import { relatedReplySchema } from '../../search/related-reply-schema.js';
import { INDEX_ERRORS, READING_ERRORS } from '../archive-errors.js';
import { describeField } from '../describe-field.js';
import { RELATED_EXAMPLES } from '../examples/related-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { parseRelatedParameters, relatedParametersSchema } from '../parse-related-parameters.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { sendJson } from '../send-json.js';

const pathParameters = z.object({
  id: describeField(z.string().min(1), {
    allowed: 'the id of a passage',
    meaning:
      'The `id` of a hit, or of a passage of an article. Slashes in it may stay or be written `%2F`; `:` may stay.',
  }),
});

export function relatedRoute({ related }: Pick<HttpServerOptions, 'related'>): Route {
  return defineRoute({
    method: 'get',
    path: '/v1/passages/{id}/related',
    operationId: 'related',
    tag: 'search',
    summary: 'Find related passages',
    description:
      'Gives the passages that are about the same as a passage, in both languages, nearest first: "read on", and the ' +
      'same story in the other language. The model is not asked.',
    scope: 'search',
    lane: 'search',
    pathParameters,
    query: { schema: relatedParametersSchema, read: parseRelatedParameters },
    replies: { 200: jsonReply('The passages, nearest first.', relatedReplySchema) },
    errors: [...READING_ERRORS, ...INDEX_ERRORS, 'PASSAGE_NOT_FOUND'],
    examples: RELATED_EXAMPLES,
    handle: async ({ res, path: { id }, query, access, startedAt }) => {
      const result = await related({ passageId: asPassageId(id), ...query }, access);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toRelatedReply(result, performance.now() - startedAt));
    },
  });
}
