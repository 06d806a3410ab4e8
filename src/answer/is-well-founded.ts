import type { Answerability } from '../search/answerability.js';
import type { Source } from './answer.js';
import { type RankedSource, rankSources } from './rank-sources.js';

/**
 * What the best passage must score for its sentences to be quoted as an answer. Of the questions of XQuAD that the archive
 * answers, 5 % have less (2,380 questions in an archive of both languages).
 */
const LEAST_SCORE = 0.467;

/**
 * By how much the passage that is quoted first must be worth more than the others of its article. Of the questions of XQuAD
 * that would be answered with a right passage first, 2.5 % have less; of those with a wrong one, 21 %.
 */
const LEAST_LEAD = 0.05;

/**
 * Whether quotations may be called an answer. Stricter than whether the archive is likely to answer: without a model that
 * reads them, nobody tells a passage that answers from one that is only about the same.
 */
export function isWellFounded(found: {
  readonly sources: readonly Source[];
  readonly answerability: Answerability | null;
}): boolean {
  const best = found.sources[0]?.passage.score ?? 0;
  const isLikely = (found.answerability?.answerable ?? false) && best >= LEAST_SCORE;
  return isLikely && leadInArticle(rankSources(found.sources)) >= LEAST_LEAD;
}

/**
 * The passages of an article share its subject. Where two come as near to the question, nothing tells which of them answers;
 * where another article comes as near, it often says the same.
 */
function leadInArticle([first, ...others]: readonly RankedSource[]): number {
  const { articleId } = first?.source.passage ?? {};
  const rival = others.find(({ source }) => source.passage.articleId === articleId);
  return (first?.worth ?? 0) - (rival?.worth ?? Number.NEGATIVE_INFINITY);
}
