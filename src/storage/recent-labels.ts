/** Each of 4 bytes a passage. */
const MOST_ANSWERS = 16;

/**
 * The last few lists of labels that were asked for, kept for as long as nothing changes in the store: a list of 50,000
 * takes 20 ms to read, and every search with the same languages and filter asks for the same one.
 * Memory: at most 16 lists, the one that was not asked for the longest goes first.
 */
export class RecentLabels {
  readonly #kept = new Map<string, Uint32Array>();
  #generation = -1;

  /** Frees what is kept. */
  forget(): void {
    this.#kept.clear();
  }

  /**
   * @param key  Names the question.
   * @param generation  Of the store that `read` reads.
   * @returns A copy, rising
   */
  of(key: string, generation: number, read: () => readonly number[]): Uint32Array {
    if (generation !== this.#generation) {
      this.#kept.clear();
      this.#generation = generation;
    }
    const labels = this.#kept.get(key) ?? Uint32Array.from(read()).sort();
    // A Map keeps the order of insertion: the first is the one not asked for the longest.
    this.#kept.delete(key);
    this.#kept.set(key, labels);
    if (this.#kept.size > MOST_ANSWERS) {
      for (const oldest of this.#kept.keys()) {
        this.#kept.delete(oldest);
        break;
      }
    }
    return labels.slice();
  }
}
