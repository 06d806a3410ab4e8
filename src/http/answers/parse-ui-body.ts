import { z } from 'zod';
import { ANSWER_LIMITS, type AnswerRequest } from '../../answer/answer-request.js';
import { describeField } from '../describe-field.js';
import { readFields } from '../read-fields.js';
import { requireJsonObject } from '../require-json-object.js';
import { toQuestion } from './to-question.js';

const { maxTurns } = ANSWER_LIMITS;

const partSchema = z.looseObject({
  type: describeField(z.string(), { allowed: 'a string', meaning: 'What the part is.' }),
  text: describeField(z.string().optional(), {
    allowed: 'a string',
    meaning: 'What was said, in a part of type "text".',
  }),
});

const uiMessageSchema = z.looseObject({
  role: describeField(z.enum(['system', 'user', 'assistant']), {
    allowed: '"system", "user" or "assistant"',
    meaning: 'Who said it. What "system" says is passed over.',
  }),
  parts: describeField(z.array(partSchema), {
    allowed: 'an array of {"type", …}',
    meaning: 'What was said: the `text` of the parts of type "text". Others are passed over.',
  }),
});

/** The body of `POST /v1/chat/ui`, as far as it is looked at. */
export const uiBodySchema = z
  .looseObject({
    messages: describeField(z.array(uiMessageSchema).min(1), {
      allowed: 'an array of {"role", "parts"} that is not empty',
      meaning: `The conversation, at most ${maxTurns} messages; the last one is the question.`,
    }),
  })
  .meta({
    id: 'UiChatRequest',
    description: 'A conversation as the Vercel AI SDK sends it. Its other fields have no effect.',
  });

/** @throws INVALID_REQUEST, QUERY_EMPTY, QUERY_TOO_LONG (caller) */
export function parseUiBody(body: unknown): AnswerRequest {
  const { messages: given } = requireJsonObject(body);
  const { messages } = readFields(given === undefined ? {} : { messages: given }, uiBodySchema);
  return toQuestion(
    messages.flatMap(({ role, parts }) => {
      const texts = parts.filter(({ type }) => type === 'text').map(({ text = '' }) => text);
      return role === 'system' ? [] : [{ role, content: texts.join('') }];
    }),
  );
}
