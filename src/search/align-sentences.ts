import type { Candidate, RankingData } from './kept-candidates.js';
import type { PreparedQuery } from './prepare-query.js';

/**
 * How well the sentences of a passage and of a candidate pair off: each takes its nearest in the other passage, and
 * both directions count alike. A translation has a partner for every sentence, a passage on the same matter has not.
 * @param sentences  Of the passage, each ready to be compared.
 * @returns −1…1, or null when the candidate is one sentence and so has no sentence vectors
 */
export function alignSentences(
  sentences: readonly PreparedQuery[],
  { firstSentenceRow, sentences: count }: Pick<Candidate, 'firstSentenceRow' | 'sentences'>,
  matrix: Pick<RankingData['matrix'], 'similarities'>,
): number | null {
  if (count === 0 || sentences.length === 0) return null;
  const rows = Array.from({ length: count }, (_, i) => firstSentenceRow + i);
  const nearestOfRow = new Float64Array(count).fill(-1);
  let there = 0;
  for (const sentence of sentences) {
    const similarities = matrix.similarities(sentence, rows);
    there += Math.max(...similarities);
    similarities.forEach((similarity, row) => {
      nearestOfRow[row] = Math.max(similarity, nearestOfRow[row] as number);
    });
  }
  const back = nearestOfRow.reduce((sum, similarity) => sum + similarity, 0);
  return (there / sentences.length + back / count) / 2;
}
