import type { RelatedResult } from './find-related-passages.js';
import { type SearchReplyHit, toReplyHit } from './search-reply.js';

/** A hit of a search, and whether it tells the same story as the passage. */
export interface RelatedReplyHit extends SearchReplyHit {
  /** Null as long as nothing was measured for the model. */
  readonly same_story: boolean | null;
}

/** Related passages as JSON: what the HTTP interface replies and `fihrist related --json` prints. */
export interface RelatedReply {
  readonly passage_id: string;
  readonly hits: readonly RelatedReplyHit[];
  readonly took_ms: number;
  readonly index_generation: number;
  readonly model_fingerprint: string;
}

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
