import type { RankedCandidate } from './rank-candidates.js';

const MOST_OTHERS = 3;

/** An article among the candidates: its best passage stands for it. */
export interface ArticleGroup<Candidate> {
  readonly best: Candidate;
  /** Passages of the article among the candidates, the best included. */
  readonly count: number;
  /** By falling score, ties by rising label; at most three. */
  readonly others: readonly Candidate[];
}

/**
 * Folds the passages of each article under the one that is ranked first.
 *
 * @param ranked  Candidates, the best first.
 * @param articleOf  The same for all passages of an article, and for no others (`RankingRow.articleNumber`).
 * @returns In the order of the best passages
 * Cost: one step a candidate, and sorting those of each article.
 */
export function groupByArticle<Candidate extends Pick<RankedCandidate, 'label' | 'score'>>(
  ranked: readonly Candidate[],
  articleOf: (candidate: Candidate) => number,
): ArticleGroup<Candidate>[] {
  const groups = new Map<number, { best: Candidate; others: Candidate[] }>();
  for (const candidate of ranked) {
    const article = articleOf(candidate);
    const group = groups.get(article);
    if (group === undefined) groups.set(article, { best: candidate, others: [] });
    else group.others.push(candidate);
  }
  return [...groups.values()].map(({ best, others }) => ({
    best,
    count: 1 + others.length,
    others: others.sort((a, b) => b.score - a.score || a.label - b.label).slice(0, MOST_OTHERS),
  }));
}
