import { OCCURRENCE_MARKS, type OccurrenceMark, occurrenceScore, relativeLengthOf } from './bm25.js';

/** Words of a passage up to which its length is told apart: longer ones count as so long. */
const MOST_LENGTH = 1_023;

/** What occurrences are worth in passages of each length: a quotient that would be computed for each entry of a list. */
export class LengthScores {
  /** For a stem of weight 1 that stands there once. By length in words. */
  readonly once: Float32Array;
  /** What each mark adds to those that are reached before it, for a stem of weight 1. By length in words. */
  readonly added: Readonly<Record<OccurrenceMark, Float32Array>>;

  /** @param meanLength  Of all passages, in words. */
  constructor(meanLength: number) {
    const scoresOf = (occurrences: number) =>
      Float32Array.from({ length: MOST_LENGTH + 1 }, (_, length) =>
        occurrences === 0 ? 0 : occurrenceScore(occurrences, relativeLengthOf(length, meanLength)),
      );
    this.once = scoresOf(1);
    let before = scoresOf(0);
    const added: Partial<Record<OccurrenceMark, Float32Array>> = {};
    for (const { name, occurrences } of OCCURRENCE_MARKS) {
      const reached = scoresOf(occurrences);
      added[name] = reached.map((score, length) => score - (before[length] ?? 0));
      before = reached;
    }
    this.added = added as Record<OccurrenceMark, Float32Array>;
  }
}
