import type { VectorMatch } from '../vector-index/vector-index.js';
import type { RankingVectors } from './candidate-vectors.js';
import { denseScore } from './dense-score.js';
import type { PreparedQuery } from './prepare-query.js';

export interface RankedCandidate {
  readonly label: number;
  /** −1…1; unrelated passages are near 0. */
  readonly score: number;
  /** Row in the passage's sentences. */
  readonly sentenceIndex: number;
}

/**
 * Scores every candidate by its passage vector, its best sentence and its article's title. Of equal sentences the
 * first is the best.
 * @returns By falling score, ties by rising label. Candidates without vectors (removed meanwhile) are left out.
 */
export function rankCandidates(
  query: PreparedQuery,
  matches: readonly VectorMatch[],
  { candidates, matrix }: RankingVectors,
): RankedCandidate[] {
  const rows: number[] = [];
  for (const { label } of matches) {
    const candidate = candidates.get(label);
    if (candidate === undefined) continue;
    for (let i = 0; i < candidate.sentences; i++) rows.push(candidate.firstRow + i);
    if (candidate.titleRow !== null) rows.push(candidate.titleRow);
  }
  const similarities = matrix.similarities(query, rows);

  const ranked: RankedCandidate[] = [];
  let next = 0;
  for (const { label, similarity: passage } of matches) {
    const candidate = candidates.get(label);
    if (candidate === undefined) continue;
    let sentenceIndex = 0;
    // A passage of one sentence has no second vector: it is its own best sentence.
    let sentence = candidate.sentences === 0 ? passage : Number.NEGATIVE_INFINITY;
    for (let i = 0; i < candidate.sentences; i++) {
      const similarity = similarities[next++] as number;
      if (similarity > sentence) {
        sentence = similarity;
        sentenceIndex = i;
      }
    }
    const title = candidate.titleRow === null ? null : (similarities[next++] as number);
    ranked.push({ label, score: denseScore({ passage, sentence, title }), sentenceIndex });
  }
  return ranked.sort((a, b) => b.score - a.score || a.label - b.label);
}
