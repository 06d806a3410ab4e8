import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantiseSentences, quantiseSentences } from '../../../src/storage/sentence-vectors.js';

const vectors = fc.integer({ min: 1, max: 40 }).chain((dimensions) =>
  fc.array(
    fc
      .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: dimensions, maxLength: dimensions })
      .map((numbers) => Float32Array.from(numbers)),
    { minLength: 1, maxLength: 5 },
  ),
);

describe('sentence vectors in 8 bits', () => {
  it('are null for a passage of one sentence', () => {
    expect(quantiseSentences([])).toBeNull();
    expect(dequantiseSentences(null)).toEqual([]);
  });

  it('give every number back to within half a scale', () => {
    fc.assert(
      fc.property(vectors, (given) => {
        const sentences = quantiseSentences(given);
        const again = dequantiseSentences(sentences);
        given.forEach((vector, row) => {
          const scale = sentences?.scales[row] ?? 0;
          vector.forEach((value, i) => {
            expect(Math.abs((again[row]?.[i] ?? 0) - value)).toBeLessThanOrEqual(scale / 2 + 1e-6);
          });
        });
      }),
    );
  });

  it('have codes from −127 to 127, and the same ones when made again', () => {
    fc.assert(
      fc.property(vectors, (given) => {
        const once = quantiseSentences(given);
        expect(Math.min(...(once?.codes ?? []))).toBeGreaterThanOrEqual(-127);
        const tinyScale = once?.scales.some((scale) => scale < 1e-30);
        if (!tinyScale) expect(quantiseSentences(dequantiseSentences(once))?.codes).toEqual(once?.codes);
      }),
    );
  });

  it('take a vector of zeros', () => {
    expect(dequantiseSentences(quantiseSentences([new Float32Array(3)]))).toEqual([new Float32Array(3)]);
  });
});
