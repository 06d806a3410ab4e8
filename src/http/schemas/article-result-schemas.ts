import { z } from 'zod';
import { errorReplySchema } from './error-reply-schema.js';

const statuses = ['created', 'updated', 'unchanged'] as const;

const count = (meaning: string) => z.int().min(0).describe(meaning);

/** The reply to one article that was written. */
export const writtenArticleSchema = z
  .object({
    id: z.string().describe('Id of the article.'),
    status: z
      .enum(statuses)
      .describe('What became of it; "unchanged": it was there word for word, and nothing was done.'),
  })
  .meta({ id: 'WrittenArticle', description: 'An article that is on disk and is found by the next search.' });

/** One of several articles. */
export const articleResultSchema = z
  .object({
    index: z.int().min(0).describe('Place among those that were sent, from 0.'),
    line: z
      .int()
      .min(1)
      .optional()
      .describe('Line of the body, from 1, blank lines counted: for NDJSON only.'),
    id: z.string().nullable().describe('Id of the article; null when it could not be read.'),
    status: z.enum([...statuses, 'failed']).describe('What became of it.'),
    error: errorReplySchema.shape.error
      .optional()
      .describe('Why it failed. What was there under its id stays as it was.'),
  })
  .meta({ id: 'ArticleResult', description: 'What became of one of several articles.' });

export const articleCountsSchema = z
  .object({
    created: count('Articles that were not there before.'),
    updated: count('Articles that were replaced.'),
    unchanged: count('Articles that were there word for word.'),
    failed: count('Articles that something is wrong with; the others went in.'),
  })
  .meta({ id: 'ArticleCounts', description: 'How many articles became what.' });

/** The reply to an array of articles. */
export const batchReplySchema = z
  .object({
    results: z.array(articleResultSchema).describe('One an article, in the order they were sent.'),
    counts: articleCountsSchema.describe('How many became what.'),
  })
  .meta({ id: 'BatchReply', description: 'What became of several articles.' });

/** One line of the reply to lines of articles. */
export const resultLineSchema = z.union([
  articleResultSchema,
  z
    .object({ counts: articleCountsSchema.describe('How many became what.') })
    .meta({ id: 'BatchEnd', description: 'The last line: all articles are done.' }),
  errorReplySchema,
]);
