import { describe, expect, it } from 'vitest';
import {
  fitLogistic,
  type LogisticCase,
  type LogisticFit,
} from '../../../../src/evaluation/tuning/fit-logistic.js';
import { pseudoRandom } from './pseudo-random.js';

function probability({ intercept, weights }: LogisticFit, features: readonly number[]): number {
  return 1 / (1 + Math.exp(-features.reduce((sum, x, i) => sum + x * weights[i]!, intercept)));
}

/** Points around the origin that are positive on one side of a line, with some on the wrong side. */
function casesAlong([a, b]: readonly [number, number], count = 300): LogisticCase[] {
  const random = pseudoRandom(7);
  return Array.from({ length: count }, () => {
    const features = [random() * 2 - 1, random() * 2 - 1];
    const side = a * features[0]! + b * features[1]! + (random() - 0.5) * 0.4;
    return { features, isPositive: side > 0 };
  });
}

describe('fitLogistic', () => {
  it.each([
    [1, 0],
    [0.6, -0.8],
    [-0.3, 0.9],
  ])('finds the direction that separates the cases: %d, %d', (a, b) => {
    const { weights, intercept } = fitLogistic(casesAlong([a, b]));
    const cosine =
      (a * weights[0]! + b * weights[1]!) / (Math.hypot(a, b) * Math.hypot(weights[0]!, weights[1]!));
    expect(cosine).toBeGreaterThan(0.99);
    expect(Math.abs(intercept)).toBeLessThan(0.1 * Math.hypot(weights[0]!, weights[1]!));
  });

  it('does not depend on the scale and the origin of a feature', () => {
    const cases = casesAlong([0.6, 0.8], 100);
    const moved = cases.map(({ features, isPositive }) => ({
      features: [features[0]! * 1_000 + 50, features[1]!],
      isPositive,
    }));
    const [fit, ofMoved] = [fitLogistic(cases), fitLogistic(moved)];
    for (const [i, { features }] of cases.entries()) {
      expect(probability(ofMoved, moved[i]!.features)).toBeCloseTo(probability(fit, features), 6);
    }
  });

  it('gives both kinds half the say, however many there are of each', () => {
    const casesFrom = (x: number, count: number, isPositive: boolean): LogisticCase[] =>
      Array.from({ length: count }, (_, i) => ({ features: [x + (i % 2) * 0.75], isPositive }));
    const even = fitLogistic([...casesFrom(0, 4, false), ...casesFrom(0.5, 4, true)]);
    const uneven = fitLogistic([...casesFrom(0, 4, false), ...casesFrom(0.5, 400, true)]);
    for (const x of [0, 0.75, 1.5]) {
      expect(probability(uneven, [x])).toBeCloseTo(probability(even, [x]), 2);
    }
  });

  it.each([true, false])('is one half when all cases are alike: %s', (isPositive) => {
    const fit = fitLogistic([1, 2, 3].map((x) => ({ features: [x, -x], isPositive })));
    expect(fit).toEqual({ intercept: 0, weights: [0, 0] });
    expect(fitLogistic([])).toEqual({ intercept: 0, weights: [] });
  });

  it.each([0, 0.1, 1 / 3, -1e6])('takes no harm from a feature that is always %d', (constant) => {
    const cases = casesAlong([0.6, 0.8], 101);
    const withConstant = cases.map(({ features, isPositive }) => ({
      features: [...features, constant],
      isPositive,
    }));
    const [fit, other] = [fitLogistic(cases), fitLogistic(withConstant)];
    expect(other.weights.slice(0, 2)).toEqual(fit.weights.map((weight) => expect.closeTo(weight, 6)));
    expect(other.weights[2]).toBeCloseTo(0, 6);
    for (const { features } of cases) {
      expect(probability(other, [...features, constant])).toBeCloseTo(probability(fit, features), 6);
    }
  });
});
