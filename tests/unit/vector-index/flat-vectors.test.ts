import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlatVectors, toUnitLength } from '../../../src/vector-index/flat-vectors.js';
import { VectorMatrix } from '../../../src/vector-index/vector-matrix.js';

describe('dot products', () => {
  it('are those of plain arithmetic, for any count of dimensions and rows', () => {
    const dimensions = fc.integer({ min: 1, max: 70 });
    const matrices = dimensions.chain((length) => {
      const vector = fc
        .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length })
        .map((numbers) => Float32Array.from(numbers));
      return fc.tuple(vector, fc.array(vector, { maxLength: 12 }));
    });
    fc.assert(
      fc.property(matrices, ([query, rows]) => {
        const matrix = new VectorMatrix(query.length);
        rows.forEach((vector, row) => {
          matrix.row(row).set(vector);
        });
        const results: number[] = [];
        matrix.dotProducts(
          query,
          rows.length,
          (i) => rows.length - 1 - i,
          (i, result) => {
            results[i] = result;
          },
        );
        const expected = rows
          .toReversed()
          .map((vector) => vector.reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0));
        expect(results).toHaveLength(expected.length);
        results.forEach((result, i) => {
          expect(result).toBeCloseTo(expected[i] ?? 0, 4);
        });
      }),
    );
  });

  it.each([
    ['in place', (matrix: VectorMatrix, row: number) => matrix.row(row).set([row, 1, 0])],
    ['by copying', (matrix: VectorMatrix, row: number) => matrix.setRow(row, Float32Array.of(row, 1, 0))],
  ])('work over more rows than fit into one go, after growing, filled %s', (_name, fill) => {
    const matrix = new VectorMatrix(3);
    const rows = 10_000;
    for (let row = 0; row < rows; row += 1) fill(matrix, row);
    let wrong = 0;
    matrix.dotProducts(
      Float32Array.of(1, 2, 0),
      rows,
      (i) => i,
      (i, result) => {
        if (result !== i + 2) wrong += 1;
      },
    );
    expect(wrong).toBe(0);
  });
});

describe('flat vectors', () => {
  it('hold what a map would, whatever is set and deleted', () => {
    const steps = fc.array(fc.record({ label: fc.nat(12), angle: fc.nat(360), isDeleted: fc.boolean() }));
    fc.assert(
      fc.property(steps, (all) => {
        const flat = new FlatVectors(2);
        const model = new Map<number, number>();
        for (const { label, angle, isDeleted } of all) {
          if (isDeleted) expect(flat.delete(label)).toBe(model.delete(label));
          else {
            const radians = (angle * Math.PI) / 180;
            flat.set(label, Float32Array.of(Math.cos(radians), Math.sin(radians)));
            model.set(label, Math.cos(radians));
          }
        }
        expect([...flat.labels()]).toEqual([...model.keys()].sort((a, b) => a - b));
        const found = flat.bestOfAll(Float32Array.of(1, 0), 100);
        expect(found.map(({ label }) => label).sort((a, b) => a - b)).toEqual([...flat.labels()]);
        for (const { label, similarity } of found) expect(similarity).toBeCloseTo(model.get(label) ?? 9, 5);
      }),
    );
  });

  it('bring vectors to unit length; zeros are like nothing', () => {
    expect(toUnitLength(Float32Array.of(3, 4), new Float32Array(2))).toEqual(Float32Array.of(0.6, 0.8));
    expect(toUnitLength(new Float32Array(2), new Float32Array(2))).toEqual(new Float32Array(2));
    const flat = new FlatVectors(2);
    flat.set(1, new Float32Array(2));
    expect(flat.bestOfAll(Float32Array.of(1, 0), 1)).toEqual([{ label: 1, similarity: 0 }]);
  });
});
