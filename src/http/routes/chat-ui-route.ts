import { z } from 'zod';
import { parseUiBody, uiBodySchema } from '../answers/parse-ui-body.js';
import { uiStreamForm } from '../answers/ui-stream-form.js';
import { INDEX_ERRORS, MODEL_ERRORS, READING_ERRORS } from '../archive-errors.js';
import { UI_CHAT_EXAMPLES } from '../examples/answer-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { requestIdOf } from '../request-id.js';
import { defineRoute, type Route } from '../route.js';
import { streamAnswer } from '../stream-answer.js';

export function chatUiRoute({
  answer,
  maxBodyBytes,
  logger,
}: Pick<HttpServerOptions, 'answer' | 'maxBodyBytes' | 'logger'>): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/chat/ui',
    operationId: 'chatUi',
    tag: 'answers',
    summary: 'Get an answer in the form of the Vercel AI SDK',
    description:
      'The same answers for `useChat` and whatever else reads the UI message stream of the Vercel AI SDK, version 1. A ' +
      'source is a part of type `source-url` (`source-document` when it has no address); where in the text it is cited ' +
      'stands in parts of type `data-citation`, as in `POST /v1/answer`.',
    scope: 'search',
    lane: 'answer',
    body: { kind: 'json', schema: uiBodySchema, maxBytes: maxBodyBytes, read: parseUiBody },
    replies: {
      200: {
        description: 'The answer.',
        content: {
          'text/event-stream': z.string().describe('Parts of a message as JSON, at last `[DONE]`.'),
        },
      },
    },
    errors: ['QUERY_EMPTY', 'QUERY_TOO_LONG', ...READING_ERRORS, ...INDEX_ERRORS, ...MODEL_ERRORS],
    examples: UI_CHAT_EXAMPLES,
    handle: async ({ res, access, body }) => {
      const events = answer(body, access);
      await streamAnswer(res, events, { ...uiStreamForm(`msg-${requestIdOf(res)}`), logger });
    },
  });
}
