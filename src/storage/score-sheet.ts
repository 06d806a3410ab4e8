/** How finely scores are told apart where the best are cut off. */
const SCORE_CLASSES = 4_096;

/** What one occurrence mark adds to a passage's score. */
export interface MarkScore {
  /** What the stem is worth, more than 0: a passage was met when it has a score. */
  readonly weight: number;
  /** By length of the passage: what the mark adds for a stem of weight 1. Longer ones get the last entry's. */
  readonly byLength: Float32Array;
}

/**
 * The passages that a question has met so far, with their scores, in memory that is used again for the next question:
 * to fill 4 bytes a label with zeros each time, and to throw them away, costs more than most questions do.
 * Memory: 8 bytes a label, and 16 KB.
 */
export class ScoreSheet {
  /** By label; 0 for those that were not met. */
  #scores = new Float32Array(0);
  #found = new Uint32Array(0);
  readonly #inClass = new Uint32Array(SCORE_CLASSES + 1);
  #size = 0;

  /** Passages that were met. */
  get size(): number {
    return this.#size;
  }

  /** Forgets the last question. @param labelEnd  All labels are below it. */
  begin(labelEnd: number): void {
    if (labelEnd > this.#scores.length) {
      const room = Math.ceil(labelEnd * 1.25);
      this.#scores = new Float32Array(room);
      this.#found = new Uint32Array(room);
    } else {
      for (let i = 0; i < this.#size; i++) this.#scores[this.#found[i] as number] = 0;
    }
    this.#size = 0;
  }

  /** Frees the memory. */
  forget(): void {
    this.#scores = new Float32Array(0);
    this.#found = new Uint32Array(0);
    this.#size = 0;
  }

  /**
   * Adds to the score of each of `labels`; those not met before are met now.
   * @param lengths  By label, in words.
   * @param allowed  By label, 1 for a passage that may be met; null: all.
   */
  add(
    labels: Uint32Array,
    { weight, byLength }: MarkScore,
    { lengths, allowed }: { readonly lengths: Uint16Array; readonly allowed: Uint8Array | null },
  ): void {
    const scores = this.#scores;
    const found = this.#found;
    const longest = byLength.length - 1;
    let size = this.#size;
    // No iterator here and below: it would cost more than what is done with the labels.
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] as number;
      if (allowed !== null && allowed[label] !== 1) continue;
      const length = Math.min(lengths[label] as number, longest);
      const score = scores[label] as number;
      if (score === 0) found[size++] = label;
      scores[label] = score + weight * (byLength[length] as number);
    }
    this.#size = size;
  }

  /**
   * Adds to the score of those that were met and are among `bits`.
   * @param bits  One a label, the lowest first.
   */
  raise(bits: Uint8Array, { weight, byLength }: MarkScore, lengths: Uint16Array): void {
    const scores = this.#scores;
    const found = this.#found;
    const longest = byLength.length - 1;
    for (let i = 0; i < this.#size; i++) {
      const label = found[i] as number;
      if (((bits[label >>> 3] ?? 0) & (1 << (label & 7))) === 0) continue;
      const length = Math.min(lengths[label] as number, longest);
      scores[label] = (scores[label] as number) + weight * (byLength[length] as number);
    }
  }

  /**
   * The score that `rank` passages reach, a little less at most: by counting into classes, since sorting would cost more
   * than reading the lists.
   * @param mostScore  No score is above it.
   */
  reachedBy(rank: number, mostScore: number): number {
    const scores = this.#scores;
    const found = this.#found;
    const inClass = this.#inClass.fill(0);
    const classesPerScore = SCORE_CLASSES / mostScore;
    for (let i = 0; i < this.#size; i++) {
      const scoreClass = Math.floor((scores[found[i] as number] as number) * classesPerScore);
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
    return this.#scores[label] ?? 0;
  }

  /** Passages that reach a score, in the order in which they were met. */
  atLeast(score: number): number[] {
    const labels: number[] = [];
    for (let i = 0; i < this.#size; i++) {
      const label = this.#found[i] as number;
      if ((this.#scores[label] as number) >= score) labels.push(label);
    }
    return labels;
  }
}
