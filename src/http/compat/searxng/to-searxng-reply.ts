import { z } from 'zod';
import type { RankedPassage } from '../../../domain/ranked-passage.js';
import { articleLink } from '../../../search/article-link.js';
import { articleName } from '../../../search/article-name.js';
import { toUnitScore } from '../to-unit-score.js';

export const searxngReplySchema = z
  .object({
    query: z.string().describe('The question.'),
    number_of_results: z.int().min(0).describe('How many there are on this page.'),
    results: z
      .array(
        z.object({
          url: z.string().describe('Where people read the article.'),
          title: z.string().describe('Title of the article.'),
          content: z.string().describe('Its best passage, untouched.'),
          publishedDate: z
            .string()
            .nullable()
            .describe('When it was published, as the article says it; or null.'),
          score: z.number().min(0).max(1).describe('How well it answers: 0 not at all, 1 perfectly.'),
          category: z.literal('general').describe('Always "general".'),
          engine: z.literal('fihrist').describe('Always "fihrist".'),
          engines: z.array(z.literal('fihrist')).describe('Always "fihrist" alone.'),
        }),
      )
      .describe('Articles, best first.'),
    answers: z.array(z.never()).describe('Always empty.'),
    corrections: z.array(z.never()).describe('Always empty.'),
    infoboxes: z.array(z.never()).describe('Always empty.'),
    suggestions: z.array(z.never()).describe('Always empty.'),
    unresponsive_engines: z.array(z.never()).describe('Always empty.'),
  })
  .meta({ id: 'SearxngReply', description: 'Articles, as SearXNG gives results in JSON.' });

export function toSearxngReply(
  hits: readonly RankedPassage[],
  { query, serviceUrl }: { readonly query: string; readonly serviceUrl: string },
): z.output<typeof searxngReplySchema> {
  return {
    query,
    number_of_results: hits.length,
    results: hits.map((hit) => ({
      url: articleLink(hit, serviceUrl),
      title: articleName(hit),
      content: hit.text,
      publishedDate: hit.publishedAt,
      score: toUnitScore(hit.score),
      category: 'general',
      engine: 'fihrist',
      engines: ['fihrist'],
    })),
    answers: [],
    corrections: [],
    infoboxes: [],
    suggestions: [],
    unresponsive_engines: [],
  };
}
