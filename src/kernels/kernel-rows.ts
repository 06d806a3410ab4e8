import { type DotProductKernel, KERNEL_PAGE_BYTES, type KernelMemory, loadKernel } from './load-kernel.js';

const ROWS_AT_ONCE = 4_096;

export interface KernelRowsOptions {
  /** A kernel in base64. */
  readonly kernel: string;
  /** Multiple of 64, so that a row begins where a line of the processor's cache does. */
  readonly rowBytes: number;
  /** Multiple of 64. */
  readonly queryBytes: number;
  /** Room that is made at once. Default: 0. */
  readonly expectedRows?: number;
}

/**
 * Rows of one length in memory that a dot product kernel works on. Growing copies nothing.
 * Memory: `rowBytes` a row, in steps of an eighth; 4 GiB at most. Never shrinks.
 */
export class KernelRows {
  readonly #dots: DotProductKernel;
  readonly #memory: KernelMemory;
  readonly #rowBytes: number;
  readonly #positionsAt: number;
  readonly #resultsAt: number;
  readonly #rowsAt: number;
  #buffer: ArrayBuffer;

  constructor({ kernel, rowBytes, queryBytes, expectedRows = 0 }: KernelRowsOptions) {
    this.#rowBytes = rowBytes;
    this.#positionsAt = queryBytes;
    this.#resultsAt = this.#positionsAt + ROWS_AT_ONCE * 4;
    this.#rowsAt = this.#resultsAt + ROWS_AT_ONCE * 4;
    const bytes = this.#rowsAt + expectedRows * rowBytes;
    const { dots, memory } = loadKernel(kernel, Math.ceil(bytes / KERNEL_PAGE_BYTES));
    this.#dots = dots;
    this.#memory = memory;
    this.#buffer = memory.buffer;
  }

  /** All of the memory, zeros where nothing was written; another one after every growth. The query is at 0. */
  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  /** Where a row begins in the memory, in bytes. Makes room for it: ask before taking `buffer`. */
  placeOf(row: number): number {
    const at = this.#rowsAt + row * this.#rowBytes;
    const size = this.#buffer.byteLength;
    if (at + this.#rowBytes > size) {
      const wanted = Math.max(at + this.#rowBytes, size + size / 8);
      this.#memory.grow(Math.ceil((wanted - size) / KERNEL_PAGE_BYTES));
      this.#buffer = this.#memory.buffer;
    }
    return at;
  }

  /**
   * Copies rows that lie one after the other, `length` bytes each, into those from `first` on. Makes room for them.
   * Cost: one copy where rows have no gaps between them.
   */
  set(first: number, rows: Int8Array, length: number): void {
    const count = rows.length / length;
    if (count === 0) return;
    this.placeOf(first + count - 1);
    const at = this.placeOf(first);
    if (length === this.#rowBytes) {
      new Int8Array(this.#buffer, at, rows.length).set(rows);
      return;
    }
    for (let i = 0; i < count; i += 1) {
      const row = rows.subarray(i * length, (i + 1) * length);
      new Int8Array(this.#buffer, at + i * this.#rowBytes, length).set(row);
    }
  }

  /**
   * Dot products of the query with `count` rows.
   * @param rowOf  The i-th row wanted.
   * @param use  Told the i-th result.
   */
  dotProducts(
    count: number,
    rowOf: (i: number) => number,
    use: (i: number, dotProduct: number) => void,
  ): void {
    const positions = new Uint32Array(this.#buffer, this.#positionsAt, ROWS_AT_ONCE);
    const results = new Float32Array(this.#buffer, this.#resultsAt, ROWS_AT_ONCE);
    for (let first = 0; first < count; first += ROWS_AT_ONCE) {
      const here = Math.min(ROWS_AT_ONCE, count - first);
      for (let i = 0; i < here; i += 1) positions[i] = this.#rowsAt + rowOf(first + i) * this.#rowBytes;
      this.#dots(0, this.#positionsAt, here, this.#rowBytes, this.#resultsAt);
      for (let i = 0; i < here; i += 1) use(first + i, results[i] ?? 0);
    }
  }
}
