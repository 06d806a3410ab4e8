import accepts from 'accepts';
import { z } from 'zod';
import { toAnswerReply } from '../../answer/answer-reply.js';
import { answerReplySchema } from '../../answer/answer-reply-schema.js';
import { wholeAnswer } from '../../answer/whole-answer.js';
import { answerStreamForm } from '../answers/answer-stream-form.js';
import { answerBodySchema, parseAnswerBody } from '../answers/parse-answer-body.js';
import { INDEX_ERRORS, MODEL_ERRORS, READING_ERRORS } from '../archive-errors.js';
import { ANSWER_EXAMPLES } from '../examples/answer-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { sendJson } from '../send-json.js';
import { streamAnswer } from '../stream-answer.js';

export function answerQuestionRoute({
  answer,
  maxBodyBytes,
  logger,
}: Pick<HttpServerOptions, 'answer' | 'maxBodyBytes' | 'logger'>): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/answer',
    operationId: 'answer',
    tag: 'answers',
    summary: 'Get an answer with its sources',
    description:
      'Answers a question from what the archive says, and points to the passages. Without a language model the answer is ' +
      'sentences of the archive, word for word; with one, it is written from the passages that were found, in the ' +
      'language of the question, and every statement names its source. When the archive does not answer, the reply says ' +
      'so, and has the passages that come nearest. An answer whose caller closes the connection is stopped.\n\n' +
      'As a stream: `sources`, then `text` and `citation` as they come, at last `final` with the whole reply.',
    scope: 'search',
    lane: 'answer',
    body: { kind: 'json', schema: answerBodySchema, maxBytes: maxBodyBytes, read: parseAnswerBody },
    replies: {
      200: {
        description: 'The answer.',
        content: {
          'application/json': answerReplySchema,
          'text/event-stream': z
            .string()
            .describe(
              'Events named `sources`, `text`, `citation`, `final` and, when it breaks in the middle, `error`; their data is JSON.',
            ),
        },
      },
    },
    errors: ['QUERY_EMPTY', 'QUERY_TOO_LONG', ...READING_ERRORS, ...INDEX_ERRORS, ...MODEL_ERRORS],
    examples: ANSWER_EXAMPLES,
    handle: async ({ req, res, access, body: { request, stream }, startedAt }) => {
      const events = answer(request, access);
      res.setHeader('vary', 'accept');
      const wantsStream =
        stream ?? accepts(req).type(['application/json', 'text/event-stream']) === 'text/event-stream';
      if (wantsStream) {
        await streamAnswer(res, events, { ...answerStreamForm(startedAt), logger });
        return;
      }
      const whole = await wholeAnswer(events);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toAnswerReply(whole, performance.now() - startedAt));
    },
  });
}
