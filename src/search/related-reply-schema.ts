import { z } from 'zod';
import { indexFields, searchHitSchema } from './search-reply-schema.js';

/** A hit of a search, and whether it tells the same story as the passage. */
export const relatedHitSchema = searchHitSchema
  .omit({ explanation: true, group: true })
  .extend({
    score: z
      .number()
      .describe(
        'How near it is; higher is nearer, about 0 to 1. Not comparable with that of a search. No unit.',
      ),
    best_sentence: searchHitSchema.shape.best_sentence.describe('The sentence nearest to the passage.'),
    same_story: z
      .boolean()
      .nullable()
      .describe(
        'Whether it tells the same: in the other language, or as a near copy. Null when nothing was measured for the model.',
      ),
  })
  .meta({ id: 'RelatedHit', description: 'A passage that is about the same as another.' });

/** Related passages: what the HTTP interface replies and `fihrist related --json` prints. */
export const relatedReplySchema = z
  .object({
    passage_id: z.string().describe('Id of the passage that was asked about.'),
    hits: z.array(relatedHitSchema).describe('Nearest first.'),
    ...indexFields,
  })
  .meta({ id: 'RelatedReply', description: 'The passages that are about the same as a passage.' });
