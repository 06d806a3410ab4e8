import { LANGUAGES, type Language } from '../domain/language.js';
import type { Centring } from '../embedding/centring.js';
import { I8_DOT_PRODUCT } from '../kernels/i8-dot-product.js';
import { KernelRows } from '../kernels/kernel-rows.js';
import type { SentenceVectors } from '../storage/article-store.js';
import type { PreparedQuery, RowRole } from './prepare-query.js';

/** Kinds of rows: each has a mean of its own that is subtracted. */
const KINDS = (['passage', 'sentence'] as const).flatMap((role) =>
  LANGUAGES.map((language) => ({ role, language })),
);

/** Rows that there is room for at first. */
const LEAST_ROOM = 1_024;

/**
 * Vectors of passages, sentences and titles as the store has them, raw and in 8 bits, row after row in memory that a kernel works on, each with
 * what no question changes. So a cosine of centred vectors costs one product of whole numbers:
 * cos(q, c·s − m) = (c·(q·s) − q·m) ÷ |c·s − m|, with s the codes, c their scale, m the mean.
 * Memory: dimensions + 9 bytes a row, for as many as there ever were; `clear` makes room for others, `release` frees it.
 */
export class RankingMatrix {
  readonly #dimensions: number;
  readonly #centring: Centring;
  #rows: KernelRows;
  #size = 0;
  #scales = new Float32Array(LEAST_ROOM);
  /** Of c·s − m. */
  #centredLengths = new Float32Array(LEAST_ROOM);
  /** Places in KINDS. */
  #kinds = new Uint8Array(LEAST_ROOM);

  constructor(dimensions: number, centring: Centring) {
    this.#dimensions = dimensions;
    this.#centring = centring;
    this.#rows = rowsOf(dimensions);
  }

  /** Rows that are in use. */
  get size(): number {
    return this.#size;
  }

  /** Forgets all rows. */
  clear(): void {
    this.#size = 0;
  }

  /** Forgets all rows, and gives their memory back. */
  release(): void {
    this.clear();
    this.#rows = rowsOf(this.#dimensions);
    this.#scales = new Float32Array(LEAST_ROOM);
    this.#centredLengths = new Float32Array(LEAST_ROOM);
    this.#kinds = new Uint8Array(LEAST_ROOM);
  }

  /** Copies vectors into the next rows. @returns the first of these */
  add({ codes, scales }: SentenceVectors, language: Language, role: RowRole): number {
    const first = this.#size;
    const count = scales.length;
    if (codes.length !== count * this.#dimensions) {
      throw new Error(`${codes.length} codes are not ${count} vectors of ${this.#dimensions} dimensions`);
    }
    this.#makeRoom(first + count);
    const mean = this.#centring.mean(language, role);
    const kind = KINDS.findIndex((each) => each.language === language && each.role === role);
    this.#rows.set(first, codes, this.#dimensions);
    for (let i = 0; i < count; i++) {
      const scale = scales[i] as number;
      const from = i * this.#dimensions;
      const to = from + this.#dimensions;
      this.#scales[first + i] = scale;
      this.#centredLengths[first + i] =
        mean === null
          ? rowLength(codes, from, to, scale)
          : centredLength(codes.subarray(from, to), scale, mean);
      this.#kinds[first + i] = kind;
    }
    this.#size += count;
    return first;
  }

  /**
   * Cosines of the centred vectors of a question and of `rows`, −1…1, in the order of `rows`.
   * Cost: about 0.03 µs a row of 384 numbers, three times that when it must come from memory.
   */
  similarities(query: PreparedQuery, rows: ArrayLike<number>): Float64Array {
    new Int16Array(this.#rows.buffer, 0, this.#dimensions).set(query.codes);
    const withMean = KINDS.map(({ role, language }) => query.withMean[role][language]);
    const similarities = new Float64Array(rows.length);
    this.#rows.dotProducts(
      rows.length,
      (i) => rows[i] as number,
      (i, sum) => {
        const row = rows[i] as number;
        const length = this.#centredLengths[row] as number;
        const dot = (this.#scales[row] as number) * query.codeScale * sum;
        const mean = withMean[this.#kinds[row] as number] as number;
        similarities[i] = length > 0 ? (dot - mean) / length : 0;
      },
    );
    return similarities;
  }

  /** @returns The centred vector of a row, unit length, shape [dimensions] */
  vector(row: number): Float32Array {
    const codes = new Int8Array(this.#rows.buffer, this.#rows.placeOf(row), this.#dimensions);
    const { role, language } = KINDS[this.#kinds[row] as number] ?? { role: 'passage', language: 'en' };
    const mean = this.#centring.mean(language, role);
    const scale = this.#scales[row] as number;
    const length = this.#centredLengths[row] || 1;
    const vector = new Float32Array(this.#dimensions);
    for (let i = 0; i < vector.length; i++) {
      const subtracted = mean === null ? 0 : (mean[i] as number);
      vector[i] = ((codes[i] as number) * scale - subtracted) / length;
    }
    return vector;
  }

  #makeRoom(rows: number): void {
    if (rows <= this.#scales.length) return;
    const room = Math.max(rows, 2 * this.#scales.length);
    const scales = new Float32Array(room);
    const lengths = new Float32Array(room);
    const kinds = new Uint8Array(room);
    scales.set(this.#scales);
    lengths.set(this.#centredLengths);
    kinds.set(this.#kinds);
    this.#scales = scales;
    this.#centredLengths = lengths;
    this.#kinds = kinds;
  }
}

function rowsOf(dimensions: number): KernelRows {
  const rowBytes = Math.ceil(dimensions / 64) * 64;
  return new KernelRows({ kernel: I8_DOT_PRODUCT, rowBytes, queryBytes: 2 * rowBytes });
}

/** |c·s|: what most models need, which have no mean. */
function rowLength(codes: Int8Array, from: number, to: number, scale: number): number {
  let withItself = 0;
  for (let i = from; i < to; i++) {
    const code = codes[i] as number;
    withItself += code * code;
  }
  return Math.sqrt(scale * scale * withItself);
}

/** |c·s − m|² = c²(s·s) − 2c(s·m) + m·m */
function centredLength(codes: Int8Array, scale: number, mean: Float32Array): number {
  let withItself = 0;
  let withMean = 0;
  let meanSquared = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    const subtracted = mean[i] as number;
    withItself += code * code;
    withMean += code * subtracted;
    meanSquared += subtracted * subtracted;
  }
  return Math.sqrt(Math.max(0, scale * scale * withItself - 2 * scale * withMean + meanSquared));
}
