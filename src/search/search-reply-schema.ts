import { z } from 'zod';
import { LANGUAGES } from '../domain/language.js';

/*
 * The shape of replies with hits, field by field, in words for people. The types are made of it, the HTTP reference
 * shows it, and tests hold real replies to it; nothing is checked when a reply is sent.
 */

export const languageSchema = z.enum(LANGUAGES);
export const directionSchema = z
  .enum(['rtl', 'ltr'])
  .describe('Writing direction of the text: "rtl" for Arabic, "ltr" for English. Fit for the `dir` of HTML.');

export const spanSchema = z
  .object({
    start: z.int().min(0).describe('Where it begins, in UTF-16 code units from the start of the text.'),
    end: z.int().min(0).describe('Where it ends, in UTF-16 code units; the unit there is not part of it.'),
  })
  .meta({ id: 'Span', description: 'A part of a text: `text.slice(start, end)` in JavaScript.' });

/** Fields that articles and hits share. */
export const articleFields = {
  title: z.string().describe('Title of the article; empty when it has none.'),
  url: z.string().nullable().describe('Where the article was published; null when it was not told.'),
  published_at: z
    .string()
    .nullable()
    .describe('When it was published: the ISO 8601 date or date-time of the article as it stands; or null.'),
};

const explanationSchema = z
  .object({
    found_by: z
      .array(z.enum(['dense', 'keyword']))
      .describe('What found the passage: its vector ("dense"), its words ("keyword"), or both.'),
    features: z
      .array(
        z.object({
          name: z.string().describe('Name of the feature.'),
          value: z.number().describe('How well the passage does in it. No unit.'),
          weight: z.number().describe('What it counts. No unit.'),
          share: z.number().describe('value × weight; the shares of all features add up to `score`.'),
        }),
      )
      .describe('What the score is made of.'),
    query_tokens: z
      .array(
        z.object({
          text: z.string().describe('The word as it was asked.'),
          stem: z.string().describe('What the word is found by.'),
          stop_word: z.boolean().describe('Whether nothing is found by it outside quotes.'),
        }),
      )
      .describe('The words of the question as they are compared, in order.'),
  })
  .meta({ id: 'Explanation', description: 'How a hit was found, and what its score is made of.' });

const groupSchema = z
  .object({
    count: z.int().min(1).describe('Passages of the article that were found, the shown one among them.'),
    others: z
      .array(
        z.object({
          id: z.string().describe('Id of the passage.'),
          score: z.number().describe('Its score, comparable with that of the hit. No unit.'),
        }),
      )
      .describe('The best of the passages that are not shown, best first.'),
  })
  .meta({ id: 'PassageGroup', description: 'The passages of one article that were found.' });

/** A hit as every front door writes it. */
export const searchHitSchema = z
  .object({
    id: z.string().describe('Id of the passage.'),
    article_id: z.string().describe('Id of the article that it is a passage of.'),
    title: articleFields.title,
    url: articleFields.url,
    language: languageSchema.describe('Language of the passage.'),
    dir: directionSchema,
    text: z.string().describe('The passage, untouched.'),
    score: z
      .number()
      .describe('How well it answers; higher is better. Comparable within one reply only. No unit.'),
    best_sentence: spanSchema.describe('The sentence of `text` that answers best.'),
    highlights: z
      .array(spanSchema)
      .describe('Words and phrases of the question in `text`, in order, without overlap.'),
    published_at: articleFields.published_at,
    explanation: explanationSchema.optional().describe('Only when `explain` was true.'),
    group: groupSchema.optional().describe('Only when `group_by` was "article".'),
  })
  .meta({ id: 'SearchHit', description: 'A passage that was found.' });

/** Fields of every reply that was found in the index. */
export const indexFields = {
  took_ms: z
    .number()
    .min(0)
    .describe('Milliseconds from the arrival of the request to the result, to a tenth.'),
  index_generation: z
    .int()
    .min(0)
    .describe(
      'A number that rises with every change of what can be found; pages of one generation fit together.',
    ),
  model_fingerprint: z
    .string()
    .describe('Names the model, and the preparation of texts, that vectors are made by.'),
};

/** The answer to a search: what the HTTP interface replies and `fihrist search --json` prints. */
export const searchReplySchema = z
  .object({
    hits: z
      .array(searchHitSchema)
      .describe('Best first. Fewer than `limit` when there are no more; then the list may be empty.'),
    total: z
      .int()
      .min(0)
      .describe('Passages that the question was asked of: all that `languages` and `filters` admit.'),
    query_language: languageSchema.describe('Language that the question was taken to be in.'),
    answerable: z
      .boolean()
      .nullable()
      .describe('Whether the archive is likely to answer the question at all; null in mode "keyword".'),
    answer_probability: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('The probability of that, 0 to 1; null in mode "keyword".'),
    ...indexFields,
  })
  .meta({ id: 'SearchReply', description: 'The passages that answer a question.' });
