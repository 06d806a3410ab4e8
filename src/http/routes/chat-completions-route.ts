import { z } from 'zod';
import { wholeAnswer } from '../../answer/whole-answer.js';
import { articleLink, type LinkedArticle } from '../../search/article-link.js';
import { chatReplySchema } from '../answers/chat-reply-schema.js';
import { chatBodySchema, parseChatBody } from '../answers/parse-chat-body.js';
import { chatStreamForm, toChatReply } from '../answers/to-chat-reply.js';
import { INDEX_ERRORS, MODEL_ERRORS, READING_ERRORS } from '../archive-errors.js';
import { CHAT_EXAMPLES } from '../examples/answer-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { requestIdOf } from '../request-id.js';
import { defineRoute, type Route } from '../route.js';
import { sendJson } from '../send-json.js';
import { streamAnswer } from '../stream-answer.js';

export function chatCompletionsRoute({
  answer,
  maxBodyBytes,
  serviceUrl,
  logger,
}: Pick<HttpServerOptions, 'answer' | 'maxBodyBytes' | 'serviceUrl' | 'logger'>): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/chat/completions',
    operationId: 'chatCompletions',
    tag: 'answers',
    summary: 'Get an answer in the form of OpenAI',
    description:
      "The same answers for clients of OpenAI's chat completions. Sources are `annotations` of type `url_citation`; " +
      'streamed, they come in deltas behind the text that they belong to.',
    scope: 'search',
    lane: 'answer',
    body: { kind: 'json', schema: chatBodySchema, maxBytes: maxBodyBytes, read: parseChatBody },
    replies: {
      200: {
        description: 'The answer.',
        content: {
          'application/json': chatReplySchema,
          'text/event-stream': z.string().describe('Chunks as OpenAI sends them, at last `[DONE]`.'),
        },
      },
    },
    errors: ['QUERY_EMPTY', 'QUERY_TOO_LONG', ...READING_ERRORS, ...INDEX_ERRORS, ...MODEL_ERRORS],
    examples: CHAT_EXAMPLES,
    handle: async ({ res, access, body: { request, model, stream, includeUsage } }) => {
      const facts = {
        id: `chatcmpl-${requestIdOf(res)}`,
        created: Math.floor(Date.now() / 1_000),
        model,
        linkOf: (passage: LinkedArticle) => articleLink(passage, serviceUrl()),
      };
      const events = answer(request, access);
      if (stream) {
        await streamAnswer(res, events, { ...chatStreamForm(facts, { includeUsage }), logger });
        return;
      }
      const whole = await wholeAnswer(events);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toChatReply(whole, facts));
    },
  });
}
