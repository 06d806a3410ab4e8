import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { F32_DOT_PRODUCT } from '../../../src/kernels/f32-dot-product.js';
import { I8_DOT_PRODUCT } from '../../../src/kernels/i8-dot-product.js';
import { KernelRows } from '../../../src/kernels/kernel-rows.js';

const results = (rows: KernelRows, wanted: readonly number[]) => {
  const found: number[] = [];
  rows.dotProducts(
    wanted.length,
    (i) => wanted[i]!,
    (i, result) => {
      found[i] = result;
    },
  );
  return found;
};
const sumOf = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe('the kernel for rows of i8', () => {
  const rowsOf = (vectors: readonly (readonly number[])[], query: readonly number[], rowBytes: number) => {
    const rows = new KernelRows({ kernel: I8_DOT_PRODUCT, rowBytes, queryBytes: 2 * rowBytes });
    for (const [row, vector] of vectors.entries()) {
      const place = rows.placeOf(row);
      new Int8Array(rows.buffer, place, rowBytes).set(vector);
    }
    new Int16Array(rows.buffer, 0, rowBytes).set(query);
    return rows;
  };

  it.each([
    ['as long as a row', 64],
    ['shorter than a row', 40],
  ])('takes many rows at once that are %s, beside those that are there', (_name, length) => {
    const rows = rowsOf([Array<number>(64).fill(1)], Array<number>(64).fill(1), 64);
    const many = 3_000;
    rows.set(
      1,
      new Int8Array(many * length).map((_, i) => 1 + (Math.floor(i / length) % 100)),
      length,
    );
    rows.set(1 + many, new Int8Array(0), length);
    rows.set(1 + many, new Int8Array(length).fill(-2), length);
    expect(results(rows, [0, 1, 2, 100, 101, many, many + 1])).toEqual([
      64,
      ...[1, 2, 100, 1, 100, -2].map((value) => value * length),
    ]);
  });

  it('gives the same sums as plain arithmetic, rounded to f32', () => {
    const code = fc.integer({ min: -128, max: 127 });
    const queryCode = fc.integer({ min: -32_768, max: 32_767 });
    const lengths = fc.constantFrom(64, 128, 384);
    const cases = lengths.chain((length) =>
      fc.record({
        query: fc.array(queryCode, { minLength: length, maxLength: length }),
        vectors: fc.array(fc.array(code, { minLength: length, maxLength: length }), {
          minLength: 1,
          maxLength: 8,
        }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ query, vectors }) => {
        const rows = rowsOf(vectors, query, query.length);
        const wanted = vectors.map((_, i) => vectors.length - 1 - i);
        expect(results(rows, wanted)).toEqual(
          wanted.map((row) => Math.fround(sumOf(query, vectors[row]!)) + 0),
        );
      }),
    );
  });

  it('does not overflow where a query is as large as it may be', () => {
    const query = Array.from({ length: 512 }, () => 32_767);
    for (const code of [-128, 127]) {
      const rows = rowsOf([query.map(() => code)], query, 512);
      expect(results(rows, [0])).toEqual([Math.fround(512 * 32_767 * code)]);
    }
  });
});

describe('the kernel for rows of f32', () => {
  it('gives the same sums as plain arithmetic within the rounding of f32', () => {
    const number = fc.float({ min: -1, max: 1, noNaN: true });
    const vector = fc.array(number, { minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(vector, fc.array(vector, { minLength: 1, maxLength: 8 }), (query, vectors) => {
        const rows = new KernelRows({ kernel: F32_DOT_PRODUCT, rowBytes: 256, queryBytes: 256 });
        for (const [row, numbers] of vectors.entries()) {
          const place = rows.placeOf(row);
          new Float32Array(rows.buffer, place, 64).set(numbers);
        }
        new Float32Array(rows.buffer, 0, 64).set(query);
        const found = results(rows, [...vectors.keys()]);
        for (const [row, numbers] of vectors.entries()) {
          expect(found[row]).toBeCloseTo(sumOf(query, numbers), 4);
        }
      }),
    );
  });
});

describe('KernelRows', () => {
  it('keeps what was written when it grows, and answers for more rows than it takes at once', () => {
    const rows = new KernelRows({ kernel: I8_DOT_PRODUCT, rowBytes: 64, queryBytes: 128 });
    const count = 9_000;
    for (let row = 0; row < count; row++) {
      const place = rows.placeOf(row);
      new Int8Array(rows.buffer, place, 2).set([row % 128, Math.floor(row / 128)]);
    }
    new Int16Array(rows.buffer, 0, 2).set([1, 128]);
    const wanted = Array.from({ length: count }, (_, i) => count - 1 - i);
    expect(results(rows, wanted)).toEqual(wanted);
  });

  it('has nothing to say to nobody', () => {
    const rows = new KernelRows({ kernel: I8_DOT_PRODUCT, rowBytes: 64, queryBytes: 128 });
    expect(results(rows, [])).toEqual([]);
  });
});
