import type { VectorMatch } from './vector-index.js';

/** Orders matches: higher similarity first, then lower label. */
export function byNearness(a: VectorMatch, b: VectorMatch): number {
  return b.similarity - a.similarity || a.label - b.label;
}

/**
 * Keeps the best `limit` of the matches it is offered, by nearness.
 * Cost: O(log limit) an offer that gets in, O(1) one that does not.
 */
export class TopMatches {
  readonly #limit: number;
  // A binary heap with the worst kept match at its root.
  readonly #labels: number[] = [];
  readonly #similarities: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(label: number, similarity: number): void {
    if (this.#labels.length < this.#limit) {
      this.#labels.push(label);
      this.#similarities.push(similarity);
      this.#siftUp(this.#labels.length - 1);
    } else if (this.#limit > 0 && this.#isBetter(similarity, label, 0)) {
      this.#labels[0] = label;
      this.#similarities[0] = similarity;
      this.#siftDown();
    }
  }

  /** Best first. */
  sorted(): VectorMatch[] {
    const matches = this.#labels.map((label, i) => ({ label, similarity: this.#similarities[i] ?? 0 }));
    return matches.sort(byNearness);
  }

  #isBetter(similarity: number, label: number, than: number): boolean {
    const other = this.#similarities[than] ?? Number.NEGATIVE_INFINITY;
    return similarity > other || (similarity === other && label < (this.#labels[than] ?? 0));
  }

  #isWorse(i: number, than: number): boolean {
    return this.#isBetter(this.#similarities[than] ?? 0, this.#labels[than] ?? 0, i);
  }

  #siftUp(from: number): void {
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#isWorse(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #siftDown(): void {
    const size = this.#labels.length;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= size) return;
      const right = left + 1;
      const worst = right < size && this.#isWorse(right, left) ? right : left;
      if (!this.#isWorse(worst, i)) return;
      this.#swap(i, worst);
      i = worst;
    }
  }

  #swap(a: number, b: number): void {
    const label = this.#labels[a] ?? 0;
    const similarity = this.#similarities[a] ?? 0;
    this.#labels[a] = this.#labels[b] ?? 0;
    this.#similarities[a] = this.#similarities[b] ?? 0;
    this.#labels[b] = label;
    this.#similarities[b] = similarity;
  }
}
