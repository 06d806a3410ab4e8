import {
  createDotProductKernel,
  type DotProductKernel,
  KERNEL_PAGE_BYTES,
  type KernelMemory,
} from './dot-product-kernel.js';

const ROWS_AT_ONCE = 4_096;

/**
 * Vectors of one length, row after row, in memory that the dot product kernel works on. Growing copies nothing.
 * Memory: 4 × dimensions bytes a row, in steps of an eighth; 4 GiB at most (2.7 million rows of 384). Never shrinks.
 */
export class VectorMatrix {
  readonly dimensions: number;
  readonly #dots: DotProductKernel;
  readonly #memory: KernelMemory;
  readonly #rowBytes: number;
  readonly #positionsAt: number;
  readonly #resultsAt: number;
  readonly #rowsAt: number;

  /** All of the memory; another one after every growth. */
  #numbers: Float32Array;

  /** @param expectedRows  Room that is made at once. */
  constructor(dimensions: number, expectedRows = 0) {
    this.dimensions = dimensions;
    // The kernel takes 16 numbers at a time; what is beyond `dimensions` stays 0.
    this.#rowBytes = Math.ceil(dimensions / 16) * 64;
    this.#positionsAt = this.#rowBytes;
    this.#resultsAt = this.#positionsAt + ROWS_AT_ONCE * 4;
    this.#rowsAt = this.#resultsAt + ROWS_AT_ONCE * 4;
    const bytes = this.#rowsAt + expectedRows * this.#rowBytes;
    const { dots, memory } = createDotProductKernel(Math.ceil(bytes / KERNEL_PAGE_BYTES));
    this.#dots = dots;
    this.#memory = memory;
    this.#numbers = new Float32Array(memory.buffer);
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
    const { buffer } = this.#memory;
    this.#numbers.set(query, 0);
    const positions = new Uint32Array(buffer, this.#positionsAt, ROWS_AT_ONCE);
    const results = new Float32Array(buffer, this.#resultsAt, ROWS_AT_ONCE);
    for (let first = 0; first < count; first += ROWS_AT_ONCE) {
      const here = Math.min(ROWS_AT_ONCE, count - first);
      for (let i = 0; i < here; i += 1) positions[i] = this.#rowsAt + rowOf(first + i) * this.#rowBytes;
      this.#dots(0, this.#positionsAt, here, this.#rowBytes, this.#resultsAt);
      for (let i = 0; i < here; i += 1) use(first + i, results[i] ?? 0);
    }
  }

  /** Where a row begins, in numbers. Makes room for it. */
  #placeOf(row: number): number {
    const at = this.#rowsAt + row * this.#rowBytes;
    const size = this.#numbers.byteLength;
    if (at + this.#rowBytes > size) {
      const wanted = Math.max(at + this.#rowBytes, size + size / 8);
      this.#memory.grow(Math.ceil((wanted - size) / KERNEL_PAGE_BYTES));
      this.#numbers = new Float32Array(this.#memory.buffer);
    }
    return at / 4;
  }
}
