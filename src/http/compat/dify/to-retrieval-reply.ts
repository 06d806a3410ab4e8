import { z } from 'zod';
import type { RankedPassage } from '../../../domain/ranked-passage.js';
import { articleLink } from '../../../search/article-link.js';
import { articleName } from '../../../search/article-name.js';
import { toUnitScore } from '../to-unit-score.js';

export const retrievalReplySchema = z
  .object({
    records: z
      .array(
        z.object({
          content: z.string().describe('The passage, untouched.'),
          score: z.number().min(0).max(1).describe('How well it answers: 0 not at all, 1 perfectly.'),
          title: z.string().describe('Title of the article.'),
          metadata: z
            .record(z.string(), z.union([z.string(), z.array(z.string())]))
            .describe('What is known of the passage and its article.'),
        }),
      )
      .describe('Passages, best first; empty when there are none.'),
  })
  .meta({ id: 'DifyRetrievalReply', description: 'Passages, as Dify takes them from external knowledge.' });

/** @param hits  Best first; those under the threshold are left out. */
export function toRetrievalReply(
  hits: readonly RankedPassage[],
  { scoreThreshold, serviceUrl }: { readonly scoreThreshold: number; readonly serviceUrl: string },
): z.output<typeof retrievalReplySchema> {
  return {
    records: hits
      .filter(({ score }) => toUnitScore(score) >= scoreThreshold)
      .map((hit) => ({
        content: hit.text,
        score: toUnitScore(hit.score),
        title: articleName(hit),
        metadata: {
          passage_id: hit.id,
          article_id: hit.articleId,
          url: articleLink(hit, serviceUrl),
          language: hit.language,
          source: hit.source,
          tags: [...hit.tags],
          ...(hit.publishedAt === null ? {} : { published_at: hit.publishedAt }),
        },
      })),
  };
}
