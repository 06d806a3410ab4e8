import { checkEntries, checkVector } from './check-vector.js';
import { FlatVectors, toUnitLength } from './flat-vectors.js';
import { LabelFilter } from './label-filter.js';
import type {
  VectorEntry,
  VectorIndex,
  VectorLabel,
  VectorMatch,
  VectorSearchOptions,
} from './vector-index.js';

/**
 * An index that compares the query with every vector: exact by construction, the yardstick of recall, and an honest
 * choice for up to a few thousand passages. Keeps nothing on disk: it is filled from the store at every start.
 * Cost of a search: about 0.3 µs a vector of 384 numbers; blocks the calling thread.
 */
export function openExactVectorIndex(options: { dimensions: number }): VectorIndex {
  return new ExactVectorIndex(options.dimensions);
}

class ExactVectorIndex implements VectorIndex {
  readonly dimensions: number;
  readonly #vectors: FlatVectors;
  #changes = 0;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.#vectors = new FlatVectors(dimensions);
  }

  async search(query: Float32Array, options: VectorSearchOptions): Promise<VectorMatch[]> {
    checkVector(query, this.dimensions);
    const unit = toUnitLength(query, new Float32Array(this.dimensions));
    return options.labels === undefined
      ? this.#vectors.bestOfAll(unit, options.limit)
      : this.#vectors.best(unit, new LabelFilter(options.labels).labels, options.limit);
  }

  async size(): Promise<number> {
    return this.#vectors.size;
  }

  async changes(): Promise<number> {
    return this.#changes;
  }

  async add(entries: readonly VectorEntry[]): Promise<void> {
    checkEntries(entries, this.dimensions);
    this.#changes += 1;
    for (const { label, vector } of entries) this.#vectors.set(label, vector);
  }

  async remove(labels: readonly VectorLabel[]): Promise<void> {
    this.#changes += 1;
    for (const label of labels) this.#vectors.delete(label);
  }

  async labels(): Promise<Uint32Array> {
    return this.#vectors.labels();
  }

  /** There is nothing to publish: the store has it all. */
  async publishSnapshot(): Promise<void> {}

  async close(): Promise<void> {}
}
