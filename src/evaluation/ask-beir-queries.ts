import { aggregateByArticle, type ScoredHit } from './aggregate-by-article.js';
import { firstRelevantRank, type MetricName, rankingMetrics } from './ranking-metrics.js';
import type { BeirQuery } from './read-beir-folder.js';
import type { MeasuredQuestion } from './summarise-measures.js';

export interface MeasuredQuery extends MeasuredQuestion<MetricName> {
  /** Of queries.jsonl, from 1. */
  readonly line: number;
  /** From 1; null when no relevant document was among those found. */
  readonly firstRelevantRank: number | null;
}

export interface AskOptions {
  /** Passages, best first. */
  readonly search: (query: string) => Promise<readonly ScoredHit[]>;
  readonly signal?: AbortSignal | undefined;
  /** Called after each query. */
  readonly onAsked: () => void;
}

/** Asks one query after the other and measures the documents that are found. @throws what `search` throws */
export async function askBeirQueries(
  queries: readonly BeirQuery[],
  { search, signal, onAsked }: AskOptions,
): Promise<MeasuredQuery[]> {
  const measured: MeasuredQuery[] = [];
  for (const { id, text, line, judgements, direction } of queries) {
    signal?.throwIfAborted();
    const articles = aggregateByArticle(await search(text));
    const ids = articles.map((article) => article.articleId);
    const metrics = rankingMetrics(ids, judgements);
    if (metrics === null) throw new Error(`query ${id} without a relevant document was let through`);
    measured.push({
      id,
      line,
      direction,
      metrics,
      firstRelevantRank: firstRelevantRank(ids, judgements),
      ranking: articles.map(({ articleId, score }) => ({ id: articleId, score })),
    });
    onAsked();
  }
  return measured;
}
