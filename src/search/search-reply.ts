import type { Explanation, PassageGroup, RankedPassage } from '../domain/ranked-passage.js';
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
  /** Only when it was asked for. */
  readonly explanation?: {
    readonly found_by: ReadonlyArray<'dense' | 'keyword'>;
    /** Shares add up to `score`; share = value × weight. */
    readonly features: ReadonlyArray<{
      readonly name: string;
      readonly value: number;
      readonly weight: number;
      readonly share: number;
    }>;
    readonly query_tokens: ReadonlyArray<{
      readonly text: string;
      readonly stem: string;
      readonly stop_word: boolean;
    }>;
  };
  /** Only when hits were to be grouped by article. */
  readonly group?: {
    readonly count: number;
    readonly others: ReadonlyArray<{ readonly id: string; readonly score: number }>;
  };
}

/** The answer to a search as JSON: what the HTTP interface replies and `fihrist search --json` prints. */
export interface SearchReply {
  readonly hits: readonly SearchReplyHit[];
  readonly total: number;
  readonly query_language: 'ar' | 'en';
  /** Whether the archive answers the question; null when that is not judged (mode `keyword`). */
  readonly answerable: boolean | null;
  /** Of that, 0…1; null when it is not judged. */
  readonly answer_probability: number | null;
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
    answerable: result.answerability?.answerable ?? null,
    answer_probability: result.answerability?.probability ?? null,
    took_ms: Math.round(tookMs * 10) / 10,
    index_generation: result.indexGeneration,
    model_fingerprint: result.modelFingerprint,
  };
}

export function toReplyHit(hit: RankedPassage): SearchReplyHit {
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
    highlights: hit.highlights.map(({ start, end }) => ({ start, end })),
    published_at: hit.publishedAt,
    ...(hit.explanation === undefined ? {} : { explanation: toReplyExplanation(hit.explanation) }),
    ...(hit.group === undefined ? {} : { group: toReplyGroup(hit.group) }),
  };
}

function toReplyExplanation({ foundBy, parts, queryTokens }: Explanation) {
  return {
    found_by: foundBy,
    features: parts.map(({ feature, ...numbers }) => ({ name: feature, ...numbers })),
    query_tokens: queryTokens.map(({ text, stem, stopWord }) => ({ text, stem, stop_word: stopWord })),
  };
}

function toReplyGroup({ count, others }: PassageGroup) {
  return { count, others: others.map(({ id, score }) => ({ id, score })) };
}
