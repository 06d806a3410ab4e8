import { describe, expect, it } from 'vitest';
import { bootstrapIntervals } from '../../../src/evaluation/bootstrap-intervals.js';

/** Numbers from 0 to 1 that are the same in every run, from a generator that is not the bootstrap's own. */
function uniformNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('bootstrapIntervals', () => {
  it('covers the true mean in about 95 of 100 samples', () => {
    const next = uniformNumbers(7);
    let covered = 0;
    for (let trial = 0; trial < 400; trial += 1) {
      const values = Float64Array.from({ length: 60 }, () => (next() < 0.7 ? 1 : 0));
      const { low, high } = bootstrapIntervals({ values }, { seed: trial + 1 }).values;
      if (low <= 0.7 && 0.7 <= high) covered += 1;
    }
    expect(covered / 400).toBeGreaterThan(0.9);
    expect(covered / 400).toBeLessThan(0.98);
  });

  it('is as wide as the normal approximation says', () => {
    const values = Float64Array.from({ length: 1_000 }, (_, position) => (position % 10 < 8 ? 1 : 0));
    const { low, high } = bootstrapIntervals({ values }).values;
    const halfWidth = 1.96 * Math.sqrt((0.8 * 0.2) / 1_000);
    expect(low).toBeCloseTo(0.8 - halfWidth, 2);
    expect(high).toBeCloseTo(0.8 + halfWidth, 2);
  });

  it('gives the same interval for the same seed and another one for another seed', () => {
    const next = uniformNumbers(3);
    const columns = { values: Float64Array.from({ length: 50 }, next) };
    expect(bootstrapIntervals(columns, { seed: 5 })).toEqual(bootstrapIntervals(columns, { seed: 5 }));
    expect(bootstrapIntervals(columns, { seed: 5 })).not.toEqual(bootstrapIntervals(columns, { seed: 6 }));
  });

  it('resamples all columns alike, so that the interval of a sum is the sum of the intervals of equal columns', () => {
    const values = Float64Array.from({ length: 40 }, uniformNumbers(11));
    const { once, twice } = bootstrapIntervals({ once: values, twice: values.map((value) => 2 * value) });
    expect(twice.low).toBeCloseTo(2 * once.low, 12);
    expect(twice.high).toBeCloseTo(2 * once.high, 12);
  });

  it('has no width when every question went the same', () => {
    const values = new Float64Array(20).fill(0.5);
    expect(bootstrapIntervals({ values }).values).toEqual({ low: 0.5, high: 0.5 });
  });
});
