import { F32_DOT_PRODUCT } from '../kernels/f32-dot-product.js';
import { KernelRows } from '../kernels/kernel-rows.js';

/**
 * Vectors of one length, row after row, in memory that the dot product kernel works on. Growing copies nothing.
 * Memory: 4 × dimensions bytes a row, in steps of an eighth; 4 GiB at most (2.7 million rows of 384). Never shrinks.
 */
export class VectorMatrix {
  readonly dimensions: number;
  readonly #rows: KernelRows;

  /** All of the memory; another one after every growth. */
  #numbers: Float32Array;

  /** @param expectedRows  Room that is made at once. */
  constructor(dimensions: number, expectedRows = 0) {
    this.dimensions = dimensions;
    // The kernel takes 16 numbers at a time; what is beyond `dimensions` stays 0.
    const rowBytes = Math.ceil(dimensions / 16) * 64;
    this.#rows = new KernelRows({ kernel: F32_DOT_PRODUCT, rowBytes, queryBytes: rowBytes, expectedRows });
    this.#numbers = new Float32Array(this.#rows.buffer);
  }

  /** A view of a row, to be read or filled; valid until a higher row is asked for the first time. */
  row(row: number): Float32Array {
    const start = this.#placeOf(row);
    return this.#numbers.subarray(start, start + this.dimensions);
  }

  /** Fills a row. Cost: a third of `row(row).set(vector)`, which matters when 100,000 are loaded. */
  setRow(row: number, vector: Float32Array): void {
    const start = this.#placeOf(row); // first: growing replaces `#numbers`
    this.#numbers.set(vector, start);
  }

  /**
   * Dot products of `query` with `count` rows.
   * @param rowOf  The i-th row wanted.
   * @param use  Told the i-th result.
   * Cost: about 0.2 µs a row of 384 numbers.
   */
  dotProducts(
    query: Float32Array,
    count: number,
    rowOf: (i: number) => number,
    use: (i: number, dotProduct: number) => void,
  ): void {
    this.#numbers.set(query, 0);
    this.#rows.dotProducts(count, rowOf, use);
  }

  /** Where a row begins, in numbers. Makes room for it. */
  #placeOf(row: number): number {
    const place = this.#rows.placeOf(row);
    if (this.#numbers.buffer !== this.#rows.buffer) this.#numbers = new Float32Array(this.#rows.buffer);
    return place / 4;
  }
}
