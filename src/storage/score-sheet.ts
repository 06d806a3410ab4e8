import type { ScoredPostings } from './kept-words.js';

/** How finely scores are told apart where the best are cut off. */
const SCORE_CLASSES = 4_096;

/** What a stem adds to the scores of passages that have it once. */
export interface StemScore {
  /** What the stem is worth. */
  readonly weight: number;
  /** By length of the passage: what is added for a stem of weight 1. Longer ones get the last entry's. */
  readonly byLength: Float32Array;
}

/**
 * The passages that a question has met so far, with their scores, in memory that is used again for the next question:
 * to fill 4 bytes a label with zeros each time, and to throw them away, costs more than most questions do. Scores lie
 * beside each other, not by label: what is looked at several times a question stays near the processor.
 * Memory: 12 bytes a label, and 16 KB.
 * Source: Briggs & Torczon 1993, a set that is emptied in one step.
 */
export class ScoreSheet {
  /** By label: its slot, when that is below `size` and of this label; else left over from some earlier question. */
  #slots = new Uint32Array(0);
  /** By slot, which is the order in which they were met. */
  #labels = new Uint32Array(0);
  #scores = new Float32Array(0);
  readonly #inClass = new Uint32Array(SCORE_CLASSES + 1);
  #size = 0;

  /** Passages that were met. */
  get size(): number {
    return this.#size;
  }

  /** Forgets the last question. @param labelEnd  All labels are below it. */
  begin(labelEnd: number): void {
    if (labelEnd > this.#slots.length) {
      const room = Math.ceil(labelEnd * 1.25);
      this.#slots = new Uint32Array(room);
      this.#labels = new Uint32Array(room);
      this.#scores = new Float32Array(room);
    }
    this.#size = 0;
  }

  /** Frees the memory. */
  forget(): void {
    this.#slots = new Uint32Array(0);
    this.#labels = new Uint32Array(0);
    this.#scores = new Float32Array(0);
    this.#size = 0;
  }

  /**
   * Adds to the score of each passage of a list; those not met before are met now.
   * @param weight  What the stem is worth.
   * @param allowed  By label, 1 for a passage that may be met; null: all.
   */
  add({ labels, scores: added }: ScoredPostings, weight: number, allowed: Uint8Array | null): void {
    const slots = this.#slots;
    const met = this.#labels;
    const scores = this.#scores;
    let size = this.#size;
    // No iterator here and below: it would cost more than what is done with the labels.
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] as number;
      if (allowed !== null && allowed[label] !== 1) continue;
      const score = weight * (added[i] as number);
      const slot = slots[label] as number;
      if (slot < size && met[slot] === label) {
        scores[slot] = (scores[slot] as number) + score;
        continue;
      }
      slots[label] = size;
      met[size] = label;
      scores[size] = score;
      size += 1;
    }
    this.#size = size;
  }

  /**
   * Adds to the score of those that were met and are among `bits`.
   * @param bits  One a label, the lowest first.
   */
  raise(bits: Uint8Array, { weight, byLength }: StemScore, lengths: Uint16Array): void {
    const met = this.#labels;
    const scores = this.#scores;
    const longest = byLength.length - 1;
    for (let i = 0; i < this.#size; i++) {
      const label = met[i] as number;
      if (((bits[label >>> 3] ?? 0) & (1 << (label & 7))) === 0) continue;
      const length = Math.min(lengths[label] as number, longest);
      scores[i] = (scores[i] as number) + weight * (byLength[length] as number);
    }
  }

  /** Whether `count` passages have this score or more: most often that is clear after a few. */
  isReachedBy(count: number, score: number): boolean {
    const scores = this.#scores;
    let reached = 0;
    for (let i = 0; i < this.#size && reached < count; i++) {
      if ((scores[i] as number) >= score) reached += 1;
    }
    return reached >= count;
  }

  /**
   * The score that `rank` passages reach, a little less at most: by counting into classes, since sorting would cost more
   * than reading the lists.
   * @param mostScore  No score is above it.
   */
  reachedBy(rank: number, mostScore: number): number {
    const scores = this.#scores;
    const inClass = this.#inClass.fill(0);
    const classesPerScore = SCORE_CLASSES / mostScore;
    for (let i = 0; i < this.#size; i++) {
      // No rounding function: that takes as long as all else here.
      const scoreClass = ((scores[i] as number) * classesPerScore) | 0;
      inClass[scoreClass] = (inClass[scoreClass] as number) + 1;
    }
    let reached = 0;
    let scoreClass = SCORE_CLASSES + 1;
    while (reached < rank && scoreClass > 0) {
      scoreClass -= 1;
      reached += inClass[scoreClass] as number;
    }
    return scoreClass / classesPerScore;
  }

  /** 0 for a passage that was not met. */
  scoreOf(label: number): number {
    const slot = this.#slots[label] ?? this.#size;
    return slot < this.#size && this.#labels[slot] === label ? (this.#scores[slot] as number) : 0;
  }

  /** Passages that reach a score, in the order in which they were met. */
  atLeast(score: number): number[] {
    const labels: number[] = [];
    for (let i = 0; i < this.#size; i++) {
      if ((this.#scores[i] as number) >= score) labels.push(this.#labels[i] as number);
    }
    return labels;
  }
}
