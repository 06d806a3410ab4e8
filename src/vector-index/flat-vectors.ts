import { TopMatches } from './top-matches.js';
import type { VectorMatch } from './vector-index.js';
import { VectorMatrix } from './vector-matrix.js';

/**
 * Vectors by label in plain memory, for exact similarities. Every vector is brought to unit length on its way in, so
 * that a dot product is the cosine even where a caller's are a little off.
 * Memory: 4 × dimensions bytes a vector (154 MB for 100,000 × 384) and about 50 for its label.
 */
export class FlatVectors {
  readonly dimensions: number;
  readonly #matrix: VectorMatrix;
  readonly #rowOfLabel = new Map<number, number>();
  readonly #labelOfRow: number[] = [];

  /** @param expectedSize  Room that is made at once. */
  constructor(dimensions: number, expectedSize = 0) {
    this.dimensions = dimensions;
    this.#matrix = new VectorMatrix(dimensions, expectedSize);
  }

  get size(): number {
    return this.#labelOfRow.length;
  }

  has(label: number): boolean {
    return this.#rowOfLabel.has(label);
  }

  /** Adds or replaces. Copies `vector`, which must be checked. @returns what is kept: a view, valid until the next change */
  set(label: number, vector: Float32Array): Float32Array {
    return toUnitLength(vector, this.#matrix.row(this.#rowFor(label)));
  }

  /** As `set`, for a vector that came out of here before: taken as it is, so that a snapshot is true to the bit. */
  setUnit(label: number, vector: Float32Array): void {
    this.#matrix.setRow(this.#rowFor(label), vector);
  }

  /** The last row moves into the gap. */
  delete(label: number): boolean {
    const row = this.#rowOfLabel.get(label);
    if (row === undefined) return false;
    const lastLabel = this.#labelOfRow.pop() ?? label;
    this.#rowOfLabel.delete(label);
    if (lastLabel !== label) {
      this.#matrix.setRow(row, this.#matrix.row(this.#labelOfRow.length));
      this.#labelOfRow[row] = lastLabel;
      this.#rowOfLabel.set(lastLabel, row);
    }
    return true;
  }

  /** A view, valid until the next change. */
  vector(label: number): Float32Array | null {
    const row = this.#rowOfLabel.get(label);
    return row === undefined ? null : this.#matrix.row(row);
  }

  /** Every label, rising. */
  labels(): Uint32Array {
    return Uint32Array.from(this.#labelOfRow).sort();
  }

  /**
   * The best of `candidates` by exact similarity; labels that are not here are left out.
   * @param query  Unit length.
   * Cost: about 0.3 µs a candidate of 384 numbers.
   */
  best(query: Float32Array, candidates: Iterable<number>, limit: number): VectorMatch[] {
    const rows: number[] = [];
    for (const label of candidates) {
      const row = this.#rowOfLabel.get(label);
      if (row !== undefined) rows.push(row);
    }
    return this.#bestOfRows(query, rows.length, (i) => rows[i] ?? 0, limit);
  }

  /** The best of all. @param query  Unit length. */
  bestOfAll(query: Float32Array, limit: number): VectorMatch[] {
    return this.#bestOfRows(query, this.size, (i) => i, limit);
  }

  #bestOfRows(
    query: Float32Array,
    count: number,
    rowOf: (i: number) => number,
    limit: number,
  ): VectorMatch[] {
    const top = new TopMatches(limit);
    this.#matrix.dotProducts(query, count, rowOf, (i, dotProduct) => {
      top.offer(this.#labelOfRow[rowOf(i)] ?? 0, Math.max(-1, Math.min(1, dotProduct)));
    });
    return top.sorted();
  }

  #rowFor(label: number): number {
    const known = this.#rowOfLabel.get(label);
    if (known !== undefined) return known;
    const row = this.#labelOfRow.length;
    this.#labelOfRow.push(label);
    this.#rowOfLabel.set(label, row);
    return row;
  }
}

/** Writes `vector` at unit length into `target`; all zeros stay so, and are like nothing (similarity 0). */
export function toUnitLength(vector: Float32Array, target: Float32Array): Float32Array {
  let squares = 0;
  for (let i = 0; i < vector.length; i += 1) {
    const value = vector[i] as number;
    squares += value * value;
  }
  const factor = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  for (let i = 0; i < target.length; i += 1) target[i] = (vector[i] ?? 0) * factor;
  return target;
}
