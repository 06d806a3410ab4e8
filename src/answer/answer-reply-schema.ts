import { z } from 'zod';
import {
  directionSchema,
  indexFields,
  languageSchema,
  searchHitSchema,
  searchReplySchema,
  spanSchema,
} from '../search/search-reply-schema.js';
import { MODEL_FAILURE_REASONS } from './model-failure.js';

/*
 * The shape of an answer on the wire, field by field, in words for people. The types are made of it, the HTTP reference
 * shows it, and tests hold real replies to it; nothing is checked when a reply is sent.
 */

export const citationSchema = z
  .object({
    start: z
      .int()
      .min(0)
      .describe('Where the statement begins in `text` of the answer, in UTF-16 code units.'),
    end: z.int().min(0).describe('Where it ends; its marker stands behind that.'),
    marker: spanSchema.describe('The marker in `text` of the answer, such as `[1]`.'),
    source: z.int().min(1).describe('The `number` of the source that bears the statement out.'),
    passage_id: z.string().describe('Id of the passage that the source is.'),
    quote: spanSchema
      .nullable()
      .describe(
        'The words of that passage, a part of its `text`, that bear it out; null when none were named, or those named do not stand there.',
      ),
    verified: z
      .boolean()
      .describe(
        'Whether `quote` was found in the passage word for word, and no other quotation in the statement is made up.',
      ),
  })
  .meta({ id: 'Citation', description: 'Which part of an answer a source bears out, and where it does.' });

export const sourceSchema = searchHitSchema
  .omit({ explanation: true, group: true })
  .extend({
    number: z.int().min(1).describe('What stands in square brackets in the answer.'),
  })
  .meta({ id: 'AnswerSource', description: 'A passage that an answer may point to: a hit of the search.' });

/** The reply of `POST /v1/answer`. */
export const answerReplySchema = z
  .object({
    status: z
      .enum(['answered', 'no_answer'])
      .describe('"no_answer" when the archive does not answer: then `sources` are what comes nearest.'),
    method: z
      .enum(['extract', 'model'])
      .describe(
        '"extract": sentences of the archive, word for word; "model": written by a language model from its passages.',
      ),
    fallback: z
      .enum([...MODEL_FAILURE_REASONS, 'uncited'])
      .nullable()
      .describe('Why the archive is quoted although there is a language model: what it did; else null.'),
    language: languageSchema.describe('Language of the question. Quotations are in that of their passage.'),
    dir: directionSchema,
    text: z.string().describe('The answer, with markers such as `[1]` behind what a source bears out.'),
    citations: z.array(citationSchema).describe('One for each marker, in order.'),
    sources: z
      .array(sourceSchema)
      .describe('The passages that were found, best first; not all need be cited.'),
    standalone_question: z
      .string()
      .describe('What was searched for: the question, or what it means after what was said before.'),
    answerable: searchReplySchema.shape.answerable,
    answer_probability: searchReplySchema.shape.answer_probability,
    ...indexFields,
  })
  .meta({ id: 'AnswerReply', description: 'An answer with its sources.' });
