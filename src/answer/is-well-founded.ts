import type { Answerability } from '../search/answerability.js';
import type { Source } from './answer.js';

/**
 * What the best passage must score for its sentences to be quoted as an answer. Of the questions of XQuAD that the archive
 * answers, 5 % have less (2,380 questions in an archive of both languages).
 */
const LEAST_SCORE = 0.467;

/**
 * Whether quotations may be called an answer. Stricter than whether the archive is likely to answer: without a model that
 * reads them, nobody tells a passage that answers from one that is only about the same.
 */
export function isWellFounded(found: {
  readonly sources: readonly Source[];
  readonly answerability: Answerability | null;
}): boolean {
  const best = found.sources[0]?.passage.score ?? 0;
  return (found.answerability?.answerable ?? false) && best >= LEAST_SCORE;
}
