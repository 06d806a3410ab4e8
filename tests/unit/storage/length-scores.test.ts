import { describe, expect, it } from 'vitest';
import { OCCURRENCE_MARKS, occurrenceScore, relativeLengthOf } from '../../../src/storage/bm25.js';
import { LengthScores } from '../../../src/storage/length-scores.js';

describe('LengthScores', () => {
  it.each([0, 37.5])('has what BM25 gives at every length, for a mean of %d words', (meanLength) => {
    const scores = new LengthScores(meanLength);
    for (const length of [0, 1, 40, 300, 1_023]) {
      const relativeLength = relativeLengthOf(length, meanLength);
      expect(scores.once[length]).toBeCloseTo(occurrenceScore(1, relativeLength), 5);
      let reached = 0;
      for (const { name, occurrences } of OCCURRENCE_MARKS) {
        reached += scores.added[name][length] ?? 0;
        expect(reached).toBeCloseTo(occurrenceScore(occurrences, relativeLength), 5);
      }
    }
  });
});
