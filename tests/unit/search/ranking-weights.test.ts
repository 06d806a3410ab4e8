import { describe, expect, it } from 'vitest';
import { FEATURES, withoutFeature } from '../../../src/search/ranking-weights.js';
import { scoreParts } from '../../../src/search/score-candidate.js';
import { featuresOf, totalOf } from './candidate-sketches.js';
import { WEIGHTS } from './search-dependencies.js';

/** What a feature counts for a passage in the question's language or in the other. */
function weightOf(feature: string, weights: typeof WEIGHTS, language: 'ar' | 'en'): number {
  const parts = scoreParts(featuresOf({ language, phrases: 1 }), {
    mode: 'hybrid',
    queryLanguage: 'en',
    weights,
  });
  return parts.find((one) => one.feature === feature)?.share ?? 0;
}

describe('withoutFeature', () => {
  it('leaves all weights as they are for no feature', () => {
    expect(withoutFeature(WEIGHTS, null)).toEqual(WEIGHTS);
  });

  it.each(FEATURES.filter((feature) => feature !== 'leader'))('lets %s count nothing', (feature) => {
    const language = feature === 'expected_words' || feature === 'translated' ? 'ar' : 'en';
    expect(weightOf(feature, WEIGHTS, language)).toBeGreaterThan(0);
    expect(weightOf(feature, withoutFeature(WEIGHTS, feature), language)).toBe(0);
  });

  it('lets leader count nothing', () => {
    expect(withoutFeature(WEIGHTS, 'leader').leader).toEqual({ ...WEIGHTS.leader, weight: 0 });
  });

  it.each(['passage', 'sentence', 'title', 'words', 'grams'])(
    'gives what %s counts to the rest: a passage that is 1 in everything is still 1',
    (feature) => {
      const best = featuresOf({ passage: 1, sentence: 1, title: 1, words: 1, grams: 1 });
      const weights = withoutFeature(WEIGHTS, feature);
      expect(totalOf(scoreParts(best, { mode: 'hybrid', queryLanguage: 'en', weights }))).toBeCloseTo(1, 12);
    },
  );

  it('does not change the weights that it is given', () => {
    const before = structuredClone(WEIGHTS);
    for (const feature of FEATURES) withoutFeature(WEIGHTS, feature);
    expect(WEIGHTS).toEqual(before);
  });
});
