import { FlatVectors, toUnitLength } from './flat-vectors.js';
import { LabelFilter } from './label-filter.js';
import type { VectorEntry, VectorLabel, VectorMatch, VectorSearchOptions } from './vector-index.js';

/** Up to here comparing with every vector is faster than walking a graph, and exact. */
export const SMALL_SIZE = 1_000;

/**
 * The vectors of a small index on the thread that asks: comparing with each takes less time than waking another thread
 * twice. Keeps nothing once there are more than SMALL_SIZE, for good: whoever owns it asks the graph's thread then.
 * Memory: 1.5 MB at most at 384 dimensions.
 */
export class NearVectors {
  readonly #dimensions: number;
  #vectors: FlatVectors | null;

  /** @param entries  All that the index holds. */
  constructor(dimensions: number, entries: readonly VectorEntry[]) {
    this.#dimensions = dimensions;
    this.#vectors = new FlatVectors(dimensions);
    this.add(entries);
  }

  add(entries: readonly VectorEntry[]): void {
    for (const { label, vector } of entries) {
      if (this.#vectors !== null && this.#vectors.size >= SMALL_SIZE && !this.#vectors.has(label)) {
        this.#vectors = null;
      }
      this.#vectors?.set(label, vector);
    }
  }

  remove(labels: readonly VectorLabel[]): void {
    for (const label of labels) this.#vectors?.delete(label);
  }

  /**
   * @param query  Checked.
   * @returns Null when there are too many vectors
   */
  search(query: Float32Array, { limit, labels }: VectorSearchOptions): VectorMatch[] | null {
    if (this.#vectors === null) return null;
    const unit = toUnitLength(query, new Float32Array(this.#dimensions));
    return labels === undefined
      ? this.#vectors.bestOfAll(unit, limit)
      : this.#vectors.best(unit, new LabelFilter(labels).labels, limit);
  }
}
