import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CandidateFeatures } from '../../../src/search/candidate-features.js';
import { type RankingOptions, rankCandidates } from '../../../src/search/rank-candidates.js';
import { featuresOf, totalOf } from './candidate-sketches.js';
import { WEIGHTS } from './search-dependencies.js';

/** @param closeTo  Cosines with the leader by label; 0 for those that are not named. */
function rank(
  candidates: readonly CandidateFeatures[],
  options: Partial<RankingOptions> = {},
  closeTo: Readonly<Record<number, number>> = {},
) {
  const cosines = (_label: number, others: readonly number[]) => others.map((other) => closeTo[other] ?? 0);
  return rankCandidates(candidates, {
    mode: 'hybrid',
    queryLanguage: 'en',
    weights: WEIGHTS,
    isFirst: true,
    cosines,
    ...options,
  });
}

/** A candidate that is this near in everything. */
const near = (label: number, closeness: number, given: Partial<CandidateFeatures> = {}) =>
  featuresOf({
    label,
    passage: closeness,
    sentence: closeness,
    title: closeness,
    words: closeness,
    grams: closeness,
    ...given,
  });
const labelsOf = (ranked: ReturnType<typeof rank>) => ranked.map(({ label }) => label);

describe('rankCandidates', () => {
  it('orders by falling score, ties by rising label', () => {
    expect(labelsOf(rank([near(9, 0.5), near(3, 0.5), near(7, 0.8), near(5, 0.5)]))).toEqual([7, 3, 5, 9]);
  });

  it('gives no candidates back for none', () => {
    expect(rank([])).toEqual([]);
  });

  it('lifts a passage whose sentence answers above one that is only near', () => {
    const ranked = rank([near(1, 0.6, { sentence: 0.3 }), near(2, 0.5, { sentence: 1 })], { mode: 'dense' });
    expect(labelsOf(ranked)).toEqual([2, 1]);
  });

  it('keeps the features of each', () => {
    const candidate = near(4, 0.5);
    expect(rank([near(8, 0.9), candidate])[1]?.features).toBe(candidate);
  });

  describe('what says the same as the best passage in the other language', () => {
    const candidates = [near(1, 0.9), near(2, 0.6), near(3, 0.5, { language: 'ar' })];

    it('is lifted towards it, by its closeness, and what is in its own language is not', () => {
      const ranked = rank(candidates, {}, { 2: 0.9, 3: 0.9 });
      const [leader, other, lifted] = [1, 2, 3].map((wanted) => ranked.find(({ label }) => label === wanted));
      expect(ranked[0]).toBe(leader);
      const [before] = rank([candidates[2]!]);
      const closeness = (0.9 - WEIGHTS.leader.from) / (1 - WEIGHTS.leader.from);
      const expected = before!.score + WEIGHTS.leader.weight * closeness * (leader!.score - before!.score);
      expect(lifted?.score).toBeCloseTo(expected, 12);
      expect(other?.parts.map(({ feature }) => feature)).not.toContain('leader');
    });

    it('shows the lift as a part of its score', () => {
      const lifted = rank(candidates, {}, { 3: 1 }).find(({ label }) => label === 3)!;
      expect(lifted.parts.at(-1)).toMatchObject({ feature: 'leader', weight: WEIGHTS.leader.weight });
      expect(totalOf(lifted.parts)).toBe(lifted.score);
    });

    it('begins only beyond the closeness that is set', () => {
      const plain = rank(candidates);
      expect(rank(candidates, {}, { 2: WEIGHTS.leader.from, 3: 0.2 })).toEqual(plain);
    });

    it.each([
      ['in mode dense', { mode: 'dense' }],
      ['in mode keyword', { mode: 'keyword' }],
      ['beyond the first candidates', { isFirst: false }],
      ['with a weight of 0', { weights: { ...WEIGHTS, leader: { weight: 0, from: 0.8 } } }],
    ] as const)('stays where it is %s', (_when, options) => {
      expect(rank(candidates, options, { 2: 1, 3: 1 })).toEqual(rank(candidates, options));
    });

    it('comes near to it, never above it, and its parts add up', () => {
      const candidate = fc.record({
        closeness: fc.double({ min: -1, max: 1, noNaN: true }),
        cosine: fc.double({ min: -1, max: 1.000_001, noNaN: true }),
      });
      const weight = fc.double({ min: 0, max: 1, noNaN: true });
      fc.assert(
        fc.property(fc.array(candidate, { minLength: 1, maxLength: 8 }), weight, (given, lift) => {
          const all = given.map(({ closeness }, i) =>
            near(i, closeness, { language: i % 2 === 0 ? 'en' : 'ar' }),
          );
          const cosines = Object.fromEntries(given.map(({ cosine }, i) => [i, cosine]));
          const weights = { ...WEIGHTS, leader: { weight: lift, from: 0.8 } };
          const plain = rank(all);
          const unlifted = rank(all, { isFirst: false });
          const ranked = rank(all, { weights }, cosines);
          expect(new Set(labelsOf(ranked))).toEqual(new Set(labelsOf(plain)));
          const leader = ranked.find(({ label }) => label === plain[0]!.label)!;
          for (const { label, score, parts } of ranked) {
            expect(score).toBe(totalOf(parts));
            expect(score).toBeLessThanOrEqual(leader.score + 1e-12);
            const before = unlifted.find((one) => one.label === label)!.score;
            expect(score).toBeGreaterThanOrEqual(before - 1e-12);
          }
        }),
      );
    });

    it('is held against the best passage alone', () => {
      const asked: unknown[] = [];
      const cosines = (label: number, others: readonly number[]) => {
        asked.push([label, others]);
        return others.map(() => 0);
      };
      rank(candidates, { cosines });
      expect(asked).toEqual([[1, [3]]]);
    });
  });
});
