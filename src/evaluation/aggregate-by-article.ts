/** A found passage, as far as the ranking of articles goes. */
export interface ScoredHit {
  readonly articleId: string;
  readonly score: number;
}

/**
 * Turns ranked passages into ranked articles: an article stands where its best passage stands, with its score.
 *
 * The order is the search's own, not recomputed from the scores: a search may rank deep pages in blocks, and the
 * articles are to be measured in the order in which a reader meets them. Ties stay as the search broke them.
 * @param hits  Best first.
 */
export function aggregateByArticle(hits: readonly ScoredHit[]): ScoredHit[] {
  const best = new Map<string, ScoredHit>();
  for (const { articleId, score } of hits) {
    if (!best.has(articleId)) best.set(articleId, { articleId, score });
  }
  return [...best.values()];
}
