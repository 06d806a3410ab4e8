import { z } from 'zod';
import { ANSWER_LIMITS, type AnswerRequest, checkHistory } from '../../answer/answer-request.js';
import { LANGUAGES } from '../../domain/language.js';
import { readSearchFilter } from '../../search/read-search-filter.js';
import { searchFilterSchema } from '../../search/search-filter-schema.js';
import { checkQuery, SEARCH_LIMITS } from '../../search/search-request.js';
import { describeField } from '../describe-field.js';
import { readFields } from '../read-fields.js';

const { maxTurns, maxTurnCharacters } = ANSWER_LIMITS;

const turnSchema = z.strictObject({
  role: describeField(z.enum(['user', 'assistant']), {
    allowed: '"user" or "assistant"',
    meaning: 'Who said it.',
  }),
  content: describeField(z.string(), {
    allowed: 'a string',
    meaning: `What was said: at most ${maxTurnCharacters} characters (UTF-16 code units).`,
  }),
});

/** The body of `POST /v1/answer`. */
export const answerBodySchema = z
  .object({
    question: describeField(z.string(), {
      allowed: 'a string',
      meaning: `The question, in Arabic or English: 1 to ${SEARCH_LIMITS.maxQueryCharacters} characters (UTF-16 code units), at least one letter or digit.`,
    }),
    history: describeField(z.array(turnSchema).default([]), {
      allowed: 'an array of {"role", "content"}',
      meaning: `What was said before, oldest first, at most ${maxTurns} entries: so that "and in Cairo?" is understood.`,
    }),
    languages: describeField(z.array(z.enum(LANGUAGES)).min(1).optional(), {
      allowed: 'an array with "ar", "en" or both',
      meaning: 'Languages of the passages (not of the question) that may be cited. Default: both.',
    }),
    filters: describeField(searchFilterSchema.optional(), {
      allowed: 'a filter',
      meaning: 'What the articles must be. Default: anything.',
    }),
    stream: describeField(z.boolean().optional(), {
      allowed: 'true or false',
      meaning:
        'Whether the answer comes bit by bit, as server-sent events. Default: when `Accept` prefers `text/event-stream`.',
    }),
  })
  .meta({ id: 'AnswerRequest', description: 'A question that wants an answer.' });

/** Filters are read by readSearchFilter, which stops before it has gone too deep and names the place. */
const readableSchema = answerBodySchema.extend({
  filters: describeField(z.unknown().optional(), {
    allowed: 'a filter',
    meaning: 'What the articles must be.',
  }),
});

export interface AnswerBody {
  readonly request: AnswerRequest;
  /** Null when the `Accept` header is to tell. */
  readonly stream: boolean | null;
}

/**
 * From what came over the wire to a question that can be answered. Nothing is guessed: what is not known is refused.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD, QUERY_EMPTY, QUERY_TOO_LONG (caller)
 */
export function parseAnswerBody(body: unknown): AnswerBody {
  const { question, history, languages, filters, stream } = readFields(body, readableSchema);
  return {
    request: {
      question: checkQuery(question, 'question'),
      history: checkHistory(history, 'history'),
      ...(languages === undefined ? {} : { languages: [...new Set(languages)] }),
      ...(filters === undefined ? {} : { filters: readSearchFilter(filters, 'filters') }),
    },
    stream: stream ?? null,
  };
}
