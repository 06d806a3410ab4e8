import { z } from 'zod';
import { articleReplySchema } from './article-reply-schema.js';

const { passages: _, ...heading } = articleReplySchema.shape;

const articleSummarySchema = z
  .object({
    ...heading,
    passage_count: z.int().min(0).describe('How many passages it has.'),
  })
  .meta({ id: 'ArticleSummary', description: 'An article without its passages.' });

export const nextCursorSchema = z
  .string()
  .nullable()
  .describe('The `cursor` of the next page; null when this is the last.');

/** The reply of `GET /v1/articles`. */
export const articleListReplySchema = z
  .object({
    articles: z.array(articleSummarySchema).describe('By rising id.'),
    next_cursor: nextCursorSchema,
  })
  .meta({ id: 'ArticleList', description: 'A page of the list of articles.' });
