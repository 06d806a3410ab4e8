import type { VectorMatch } from '../vector-index/vector-index.js';
import type { PreparedCandidate } from './candidate-vectors.js';
import { bestSentence, denseScore, type PreparedQuery } from './dense-score.js';

export interface RankedCandidate {
  readonly label: number;
  /** −1…1; unrelated passages are near 0. */
  readonly score: number;
  /** Row in the passage's sentences. */
  readonly sentenceIndex: number;
}

/**
 * Scores every candidate by its passage vector, its best sentence and its article's title.
 * @returns By falling score, ties by rising label. Candidates without vectors (removed meanwhile) are left out.
 */
export function rankCandidates(
  query: PreparedQuery,
  candidates: readonly VectorMatch[],
  vectors: ReadonlyMap<number, PreparedCandidate>,
): RankedCandidate[] {
  const ranked = candidates.flatMap(({ label, similarity }): RankedCandidate[] => {
    const row = vectors.get(label);
    if (row === undefined) return [];
    // A passage of one sentence has no second vector: it is its own best sentence.
    const best =
      row.sentences === null ? { index: 0, similarity } : bestSentence(query, row.language, row.sentences);
    const title = row.title === null ? null : bestSentence(query, row.language, row.title).similarity;
    const score = denseScore({ passage: similarity, sentence: best.similarity, title });
    return [{ label, score, sentenceIndex: best.index }];
  });
  return ranked.sort((a, b) => b.score - a.score || a.label - b.label);
}
