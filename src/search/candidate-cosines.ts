import type { Candidate, RankingData } from './kept-candidates.js';
import type { PreparedQuery } from './prepare-query.js';

/** Numbers a candidate: of passage, best sentence, place of that, title. */
const NUMBERS = 4;

/**
 * How near candidates are to a question, −1…1, by place in a list of these. Valid for ever, though the data that they
 * come from is not.
 */
export class CandidateCosines {
  /** NaN for what is not there: a candidate that is gone, an article without a title. */
  readonly #numbers: Float64Array;

  private constructor(places: number) {
    this.#numbers = new Float64Array(places * NUMBERS).fill(Number.NaN);
  }

  /**
   * Holds a question against candidates by vector.
   * @param prepared  Null: all cosines are 0.
   * Cost: about 0.03 µs a vector of 384 numbers, three times that when it must come from memory.
   */
  static of(
    prepared: PreparedQuery | null,
    labels: readonly number[],
    { candidates, matrix }: RankingData,
  ): CandidateCosines {
    const cosines = new CandidateCosines(labels.length);
    const there = labels.map((label) => candidates.get(label));
    const rows = rowsOf(there);
    const similarities =
      prepared === null ? new Float64Array(rows.length) : matrix.similarities(prepared, rows);
    let next = 0;
    for (let place = 0; place < there.length; place++) {
      const candidate = there[place];
      if (candidate === undefined) continue;
      cosines.#take(place, candidate, similarities, next);
      next += vectorsOf(candidate);
    }
    return cosines;
  }

  /** Whether there is a candidate at this place. */
  has(place: number): boolean {
    return !Number.isNaN(this.#numbers[place * NUMBERS] ?? Number.NaN);
  }

  passage(place: number): number {
    return this.#numbers[place * NUMBERS] as number;
  }

  /** Of its best sentence. */
  sentence(place: number): number {
    return this.#numbers[place * NUMBERS + 1] as number;
  }

  /** Of the best sentence: its row in the passage's sentences; of equal ones the first. */
  sentenceIndex(place: number): number {
    return this.#numbers[place * NUMBERS + 2] as number;
  }

  /** Of its article's title; null when there is none. */
  title(place: number): number | null {
    const title = this.#numbers[place * NUMBERS + 3] as number;
    return Number.isNaN(title) ? null : title;
  }

  /** @param from  Where the similarities of the candidate's vectors begin. */
  #take(place: number, candidate: Candidate, similarities: Float64Array, from: number): void {
    const numbers = this.#numbers;
    const at = place * NUMBERS;
    const passage = similarities[from] as number;
    let sentenceIndex = 0;
    // A passage of one sentence has no second vector: it is its own best sentence.
    let sentence = candidate.sentences === 0 ? passage : Number.NEGATIVE_INFINITY;
    for (let i = 0; i < candidate.sentences; i++) {
      const similarity = similarities[from + 1 + i] as number;
      if (similarity > sentence) {
        sentence = similarity;
        sentenceIndex = i;
      }
    }
    numbers[at] = passage;
    numbers[at + 1] = sentence;
    numbers[at + 2] = sentenceIndex;
    if (candidate.titleRow !== null) numbers[at + 3] = similarities[from + 1 + candidate.sentences] as number;
  }
}

/** The passage, its sentences, and the title. */
function vectorsOf({ sentences, titleRow }: Candidate): number {
  return 1 + sentences + (titleRow === null ? 0 : 1);
}

/** Of all vectors of all candidates, one after the other. */
function rowsOf(candidates: ReadonlyArray<Candidate | undefined>): Uint32Array {
  let count = 0;
  for (const candidate of candidates) if (candidate !== undefined) count += vectorsOf(candidate);
  const rows = new Uint32Array(count);
  let next = 0;
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    rows[next++] = candidate.passageRow;
    for (let i = 0; i < candidate.sentences; i++) rows[next++] = candidate.firstSentenceRow + i;
    if (candidate.titleRow !== null) rows[next++] = candidate.titleRow;
  }
  return rows;
}
