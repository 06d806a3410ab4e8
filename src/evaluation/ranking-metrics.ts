/** The measures of a ranking, by the names that the literature gives them. Each is from 0 to 1, higher is better. */
export const METRIC_NAMES = ['ndcg@10', 'mrr@10', 'recall@10', 'recall@100', 'hit@1', 'hit@5'] as const;

export type MetricName = (typeof METRIC_NAMES)[number];
export type RankingMetrics = Readonly<Record<MetricName, number>>;

/** Grade of each judged document: above 0 is relevant, and more is better; what is not in here is not relevant. */
export type Judgements = ReadonlyMap<string, number>;

/**
 * Measures one ranking as trec_eval does: linear gain, discount log2(rank + 1), and the ideal ranking made of every
 * relevant document of the judgements, whether the ranking or the corpus has it or not.
 *
 * @param ranking  Document ids, best first, none twice.
 * @returns Null when no document is relevant: such a query measures nothing.
 * Source: Järvelin & Kekäläinen 2002; trec_eval's ndcg_cut, recip_rank, recall and success.
 */
export function rankingMetrics(ranking: readonly string[], judgements: Judgements): RankingMetrics | null {
  const relevant = [...judgements.values()].filter((grade) => grade > 0).length;
  if (relevant === 0) return null;
  const first = firstRelevantRank(ranking, judgements) ?? Number.POSITIVE_INFINITY;
  return {
    'ndcg@10': ndcg(ranking, judgements, 10),
    'mrr@10': first <= 10 ? 1 / first : 0,
    'recall@10': relevantWithin(ranking, judgements, 10) / relevant,
    'recall@100': relevantWithin(ranking, judgements, 100) / relevant,
    'hit@1': first <= 1 ? 1 : 0,
    'hit@5': first <= 5 ? 1 : 0,
  };
}

/** Rank, from 1, of the first relevant document; null when there is none. */
export function firstRelevantRank(ranking: readonly string[], judgements: Judgements): number | null {
  const position = ranking.findIndex((id) => (judgements.get(id) ?? 0) > 0);
  return position === -1 ? null : position + 1;
}

function ndcg(ranking: readonly string[], judgements: Judgements, depth: number): number {
  const gains = ranking.slice(0, depth).map((id) => judgements.get(id) ?? 0);
  const ideal = [...judgements.values()].sort((a, b) => b - a).slice(0, depth);
  return discountedGain(gains) / discountedGain(ideal);
}

/** A grade below 0 gains nothing, as in trec_eval. */
function discountedGain(gains: readonly number[]): number {
  return gains.reduce((sum, gain, position) => sum + Math.max(0, gain) / Math.log2(position + 2), 0);
}

function relevantWithin(ranking: readonly string[], judgements: Judgements, depth: number): number {
  return ranking.slice(0, depth).filter((id) => (judgements.get(id) ?? 0) > 0).length;
}
