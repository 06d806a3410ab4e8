import { z } from 'zod';
import { ANSWER_LIMITS, type AnswerRequest } from '../../answer/answer-request.js';
import { describeField } from '../describe-field.js';
import { readFields } from '../read-fields.js';
import { requireJsonObject } from '../require-json-object.js';
import { toQuestion } from './to-question.js';

const { maxTurns, maxTurnCharacters } = ANSWER_LIMITS;

const textPart = z.object({
  type: z.literal('text').describe('The one kind that is understood.'),
  text: z.string().describe('What was said.'),
});

const messageSchema = z.looseObject({
  role: describeField(z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']), {
    allowed: '"system", "developer", "user", "assistant", "tool" or "function"',
    meaning: 'Who said it. Only what "user" and "assistant" said is looked at.',
  }),
  content: describeField(z.union([z.string(), z.array(textPart)]).nullish(), {
    allowed: 'a string, or an array of {"type": "text", "text": …}',
    meaning: `What was said: at most ${maxTurnCharacters} characters (UTF-16 code units).`,
  }),
});

/** The body of `POST /v1/chat/completions`, as far as it is looked at. */
export const chatBodySchema = z
  .looseObject({
    model: describeField(z.string().optional(), {
      allowed: 'a string',
      meaning: 'Any name; the reply repeats it. Default: "fihrist".',
    }),
    messages: describeField(z.array(messageSchema).min(1), {
      allowed: 'an array of {"role", "content"} that is not empty',
      meaning: `The conversation, at most ${maxTurns} messages; the last one is the question.`,
    }),
    stream: describeField(z.boolean().nullish(), {
      allowed: 'true or false',
      meaning: 'Whether the answer comes bit by bit, as server-sent events. Default: false.',
    }),
    stream_options: describeField(
      z
        .looseObject({
          include_usage: describeField(z.boolean().nullish(), {
            allowed: 'true or false',
            meaning: 'Whether a chunk with `usage` comes before the end, where it is known.',
          }),
        })
        .nullish(),
      { allowed: 'an object', meaning: 'What a stream has besides.' },
    ),
    n: describeField(z.literal(1).nullish(), { allowed: '1', meaning: 'Answers that are wanted.' }),
  })
  .meta({
    id: 'ChatRequest',
    description:
      "A conversation as OpenAI's interface has it. Its other fields (`temperature`, `tools`, …) have no effect.",
  });

export interface ChatBody {
  readonly request: AnswerRequest;
  readonly model: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

/**
 * Clients of OpenAI's interface send many fields that say how a model is to write: they are passed over.
 * @throws INVALID_REQUEST, QUERY_EMPTY, QUERY_TOO_LONG (caller)
 */
export function parseChatBody(body: unknown): ChatBody {
  const given = requireJsonObject(body);
  const known = Object.keys(chatBodySchema.shape).filter((name) => Object.hasOwn(given, name));
  const { model, messages, stream, stream_options } = readFields(
    Object.fromEntries(known.map((name) => [name, given[name]])),
    chatBodySchema,
  );
  const turns = messages.flatMap(({ role, content }) =>
    role === 'user' || role === 'assistant' ? [{ role, content: textOf(content) }] : [],
  );
  return {
    request: toQuestion(turns),
    model: model ?? 'fihrist',
    stream: stream ?? false,
    includeUsage: stream_options?.include_usage ?? false,
  };
}

function textOf(content: z.output<typeof messageSchema>['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ text }) => text).join('');
}
