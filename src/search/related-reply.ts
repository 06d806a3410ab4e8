import type { z } from 'zod';
import type { RelatedResult } from './find-related-passages.js';
import type { relatedReplySchema } from './related-reply-schema.js';
import { toReplyHit } from './search-reply.js';

/** Related passages as JSON: what the HTTP interface replies and `fihrist related --json` prints. */
export type RelatedReply = z.infer<typeof relatedReplySchema>;

/** @param tookMs  From the request to the result, as the front door measured it; told to a tenth of a millisecond. */
export function toRelatedReply(result: RelatedResult, tookMs: number): RelatedReply {
  return {
    passage_id: result.passageId,
    hits: result.hits.map((hit) => ({ ...toReplyHit(hit), same_story: hit.sameStory })),
    took_ms: Math.round(tookMs * 10) / 10,
    index_generation: result.indexGeneration,
    model_fingerprint: result.modelFingerprint,
  };
}
