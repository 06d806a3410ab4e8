import type { RankedPassage } from '../domain/ranked-passage.js';
import type { SearchResult } from './search-passages.js';

/** A slice of a hit's `text` in UTF-16 code units: `text.slice(start, end)`. */
interface ReplySpan {
  readonly start: number;
  readonly end: number;
}

/** A hit as every front door writes it. */
export interface SearchReplyHit {
  readonly id: string;
  readonly article_id: string;
  readonly title: string;
  readonly url: string | null;
  readonly language: 'ar' | 'en';
  readonly dir: 'rtl' | 'ltr';
  readonly text: string;
  readonly score: number;
  readonly best_sentence: ReplySpan;
  readonly highlights: readonly ReplySpan[];
  readonly published_at: string | null;
}

/** The answer to a search as JSON: what the HTTP interface replies and `fihrist search --json` prints. */
export interface SearchReply {
  readonly hits: readonly SearchReplyHit[];
  readonly total: number;
  readonly query_language: 'ar' | 'en';
  /** Whether the archive answers the question; null as long as that is not judged. */
  readonly answerable: boolean | null;
  readonly took_ms: number;
  readonly index_generation: number;
  readonly model_fingerprint: string;
}

/** @param tookMs  From the request to the result, as the front door measured it; told to a tenth of a millisecond. */
export function toSearchReply(result: SearchResult, tookMs: number): SearchReply {
  return {
    hits: result.hits.map(toReplyHit),
    total: result.total,
    query_language: result.queryLanguage,
    answerable: null,
    took_ms: Math.round(tookMs * 10) / 10,
    index_generation: result.indexGeneration,
    model_fingerprint: result.modelFingerprint,
  };
}

function toReplyHit(hit: RankedPassage): SearchReplyHit {
  return {
    id: hit.id,
    article_id: hit.articleId,
    title: hit.title,
    url: hit.url,
    language: hit.language,
    dir: hit.direction,
    text: hit.text,
    score: hit.score,
    best_sentence: { start: hit.bestSentence.start, end: hit.bestSentence.end },
    highlights: [],
    published_at: hit.publishedAt,
  };
}
