import type { RankingData } from './kept-candidates.js';
import type { PreparedQuery } from './prepare-query.js';

/** How near a candidate is to a question, −1…1. */
export interface CandidateCosines {
  readonly passage: number;
  /** Of its best sentence. */
  readonly sentence: number;
  /** Row of that in the passage's sentences; of equal ones the first. */
  readonly sentenceIndex: number;
  /** Of its article's title; null when there is none. */
  readonly title: number | null;
}

/**
 * Holds a question against candidates by vector. Those that are gone meanwhile are left out.
 * @param prepared  Null: all cosines are 0.
 * Cost: about 0.03 µs a vector of 384 numbers, three times that when it must come from memory.
 */
export function candidateCosines(
  prepared: PreparedQuery | null,
  labels: Iterable<number>,
  { candidates, matrix }: RankingData,
): Map<number, CandidateCosines> {
  const wanted = [...labels];
  const rows: number[] = [];
  for (const label of wanted) {
    const candidate = candidates.get(label);
    if (candidate === undefined) continue;
    rows.push(candidate.passageRow);
    for (let i = 0; i < candidate.sentences; i++) rows.push(candidate.firstSentenceRow + i);
    if (candidate.titleRow !== null) rows.push(candidate.titleRow);
  }
  const similarities =
    prepared === null ? new Float64Array(rows.length) : matrix.similarities(prepared, rows);

  const cosines = new Map<number, CandidateCosines>();
  let next = 0;
  for (const label of wanted) {
    const candidate = candidates.get(label);
    if (candidate === undefined) continue;
    const passage = similarities[next++] as number;
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
    cosines.set(label, { passage, sentence, sentenceIndex, title });
  }
  return cosines;
}
