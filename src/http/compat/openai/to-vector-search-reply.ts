import { z } from 'zod';
import type { RankedPassage } from '../../../domain/ranked-passage.js';
import { articleName } from '../../../search/article-name.js';
import { toUnitScore } from '../to-unit-score.js';
import { attributesOf } from './attributes-of.js';

export const vectorSearchReplySchema = z
  .object({
    object: z.literal('vector_store.search_results.page').describe('What this is, for clients that look.'),
    search_query: z.array(z.string()).describe('What was searched for.'),
    data: z
      .array(
        z.object({
          file_id: z.string().describe('Id of the article.'),
          filename: z.string().describe('Title of the article.'),
          score: z
            .number()
            .min(0)
            .max(1)
            .describe('How well the passage answers: 0 not at all, 1 perfectly.'),
          attributes: z
            .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
            .describe('What is known of the passage and its article.'),
          content: z
            .array(
              z.object({
                type: z.literal('text').describe('What this is, for clients that look.'),
                text: z.string().describe('The passage.'),
              }),
            )
            .describe('The passage, untouched.'),
        }),
      )
      .describe('Passages, best first.'),
    has_more: z.literal(false).describe('There is one page: `max_num_results` is all that can be asked for.'),
    next_page: z.null().describe('Always null, as there is no further page.'),
  })
  .meta({ id: 'VectorStoreSearchReply', description: 'Passages, as OpenAI’s vector stores give them.' });

/** @param hits  Best first; those under the threshold are left out. */
export function toVectorSearchReply(
  hits: readonly RankedPassage[],
  { queries, scoreThreshold }: { readonly queries: readonly string[]; readonly scoreThreshold: number },
): z.output<typeof vectorSearchReplySchema> {
  return {
    object: 'vector_store.search_results.page',
    search_query: [...queries],
    data: hits
      .filter(({ score }) => toUnitScore(score) >= scoreThreshold)
      .map((hit) => ({
        file_id: hit.articleId,
        filename: articleName(hit),
        score: toUnitScore(hit.score),
        attributes: attributesOf(hit),
        content: [{ type: 'text', text: hit.text }],
      })),
    has_more: false,
    next_page: null,
  };
}
