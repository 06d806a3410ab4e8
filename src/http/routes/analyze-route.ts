import { analyzeReplySchema } from '../../search/analyze-reply-schema.js';
import { analyzeText } from '../../search/analyze-text.js';
import { ANALYZE_EXAMPLES } from '../examples/analyze-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { analyzeBodySchema, parseAnalyzeBody } from '../parse-analyze-body.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { sendJson } from '../send-json.js';

export function analyzeRoute({ maxBodyBytes }: Pick<HttpServerOptions, 'maxBodyBytes'>): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/analyze',
    operationId: 'analyze',
    tag: 'search',
    summary: 'See how words are compared',
    description:
      'Shows what the words of a text are compared by, read as a question is. Needs neither archive nor model.',
    scope: 'search',
    lane: 'light',
    body: { kind: 'json', schema: analyzeBodySchema, maxBytes: maxBodyBytes, read: parseAnalyzeBody },
    replies: { 200: jsonReply('The words and quoted phrases of the text.', analyzeReplySchema) },
    errors: ['QUERY_EMPTY', 'QUERY_TOO_LONG'],
    examples: ANALYZE_EXAMPLES,
    handle: ({ res, body }) => {
      const reply = analyzeText(body);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, reply);
    },
  });
}
