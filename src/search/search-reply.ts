import type { z } from 'zod';
import type { Explanation, PassageGroup, RankedPassage } from '../domain/ranked-passage.js';
import type { SearchResult } from './search-passages.js';
import type { searchHitSchema, searchReplySchema } from './search-reply-schema.js';

/** A hit as every front door writes it. */
export type SearchReplyHit = z.infer<typeof searchHitSchema>;

/** The answer to a search as JSON: what the HTTP interface replies and `fihrist search --json` prints. */
export type SearchReply = z.infer<typeof searchReplySchema>;

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
    found_by: [...foundBy],
    features: parts.map(({ feature, ...numbers }) => ({ name: feature, ...numbers })),
    query_tokens: queryTokens.map(({ text, stem, stopWord }) => ({ text, stem, stop_word: stopWord })),
  };
}

function toReplyGroup({ count, others }: PassageGroup) {
  return { count, others: others.map(({ id, score }) => ({ id, score })) };
}
