import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreParts } from '../../../src/search/score-candidate.js';
import { SEARCH_MODES, type SearchMode } from '../../../src/search/search-request.js';
import { featuresOf, totalOf } from './candidate-sketches.js';
import { WEIGHTS } from './search-dependencies.js';

const partsOf = (
  given: Parameters<typeof featuresOf>[0] = {},
  mode: SearchMode = 'hybrid',
  weights = WEIGHTS,
) => scoreParts(featuresOf(given), { mode, queryLanguage: 'en', weights });
const scoreOf = (...given: Parameters<typeof partsOf>) => totalOf(partsOf(...given));
const namesOf = (...given: Parameters<typeof partsOf>) => partsOf(...given).map(({ feature }) => feature);

const cosine = fc.double({ min: -1, max: 1, noNaN: true });
const share = fc.double({ min: 0, max: 2.2, noNaN: true });
const features = fc.record({
  passage: cosine,
  sentence: cosine,
  title: fc.option(cosine),
  words: share,
  grams: share,
  translated: fc.double({ min: 0, max: 1, noNaN: true }),
  phrases: fc.constantFrom(0, 1),
  language: fc.constantFrom('ar' as const, 'en' as const),
});

describe('scoreParts', () => {
  it('add up to the score; each share is its value times its weight', () => {
    fc.assert(
      fc.property(features, fc.constantFrom(...SEARCH_MODES), (given, mode) => {
        const parts = partsOf(given, mode);
        for (const { value, weight, share: part } of parts) expect(part).toBe(value * weight);
        expect(totalOf(parts)).toBeCloseTo(
          parts.reduce((sum, { value, weight }) => sum + value * weight, 0),
          12,
        );
      }),
    );
  });

  it.each(SEARCH_MODES)(
    'give 1 for a passage that is 1 in everything, and 0 for one that is 0 (%s)',
    (mode) => {
      const all = { passage: 1, sentence: 1, title: 1, words: 1, grams: 1 };
      expect(scoreOf(all, mode)).toBeCloseTo(1, 12);
      expect(scoreOf({ passage: 0, sentence: 0, title: 0, words: 0, grams: 0 }, mode)).toBe(0);
    },
  );

  it('rise with every feature that they have', () => {
    for (const name of ['passage', 'sentence', 'title', 'words', 'grams'] as const) {
      expect(scoreOf({ [name]: 0.9 })).toBeGreaterThan(scoreOf({ [name]: 0.2 }));
    }
    const across = (translated: number) => scoreOf({ language: 'ar', translated });
    expect(across(0.9)).toBeGreaterThan(across(0.2));
  });

  it('give a passage in the other language expected and translated words in place of words', () => {
    expect(namesOf({ language: 'en' })).toEqual([
      'passage',
      'sentence',
      'title',
      'words',
      'grams',
      'phrases',
    ]);
    const across = ['passage', 'sentence', 'title', 'expected_words', 'translated'];
    expect(namesOf({ language: 'ar' })).toEqual(across);
    expect(scoreOf({ language: 'ar', words: 2, grams: 2 })).toBe(
      scoreOf({ language: 'ar', words: 0, grams: 0 }),
    );
    expect(scoreOf({ language: 'en', translated: 1 })).toBe(scoreOf({ language: 'en', translated: 0 }));
  });

  it('give what holds the quoted phrases their weight on top of all else, in mode hybrid only', () => {
    const lift = (mode: SearchMode) => scoreOf({ phrases: 1 }, mode) - scoreOf({ phrases: 0 }, mode);
    const { words, grams, phrases } = WEIGHTS;
    expect(lift('hybrid')).toBeCloseTo(phrases / (1 + words + grams), 12);
    expect([lift('dense'), lift('keyword')]).toEqual([0, 0]);
  });

  it('expect the more words the nearer a passage is, and never fewer than none', () => {
    const expected = (closeness: number) =>
      partsOf({ language: 'ar', passage: closeness, sentence: closeness, title: closeness }).find(
        ({ feature }) => feature === 'expected_words',
      )!.value;
    const { intercept, slope } = WEIGHTS.expectedWords;
    expect(expected(0.6)).toBeCloseTo(intercept + slope * 0.6, 12);
    expect(expected(-1)).toBe(0);
  });

  it('lift both languages alike where words are as many as expected', () => {
    const near = { passage: 0.6, sentence: 0.6, title: 0.6, translated: 0 };
    const asExpected = WEIGHTS.expectedWords.intercept + WEIGHTS.expectedWords.slope * 0.6;
    const same = scoreOf({ ...near, language: 'en', words: asExpected, grams: asExpected });
    expect(scoreOf({ ...near, language: 'ar' })).toBeCloseTo(same, 12);
  });

  it.each(['hybrid', 'dense'] as const)('let a passage without a title neither win nor lose (%s)', (mode) => {
    const of = (title: number | null) => scoreOf({ passage: 0.5, sentence: 0.5, title }, mode);
    expect(of(null)).toBeCloseTo(of(0.5), 12);
    expect(of(null)).toBeLessThan(of(0.6));
    expect(of(null)).toBeGreaterThan(of(0.4));
    expect(namesOf({ title: null }, mode)).not.toContain('title');
  });

  it('weigh vectors alone in mode dense, whatever the language', () => {
    expect(namesOf({}, 'dense')).toEqual(['passage', 'sentence', 'title']);
    expect(scoreOf({ words: 2, grams: 2, translated: 1 }, 'dense')).toBe(
      scoreOf({ words: 0, grams: 0, translated: 0 }, 'dense'),
    );
    expect(scoreOf({ language: 'ar' }, 'dense')).toBe(scoreOf({ language: 'en' }, 'dense'));
  });

  it('weigh words alone in mode keyword, whatever the language', () => {
    expect(namesOf({}, 'keyword')).toEqual(['words', 'grams']);
    expect(scoreOf({ passage: 1, sentence: 1, title: 1 }, 'keyword')).toBe(
      scoreOf({ passage: 0, sentence: 0, title: null }, 'keyword'),
    );
    expect(scoreOf({ language: 'ar' }, 'keyword')).toBe(scoreOf({ language: 'en' }, 'keyword'));
  });

  it('take a weight of 0 for a weight', () => {
    const weights = { ...WEIGHTS, sentence: 0, title: 0, words: 0, grams: 0, keywordGrams: 0 };
    expect(scoreOf({}, 'hybrid', weights)).toBe(featuresOf().passage);
    expect(scoreOf({}, 'dense', weights)).toBe(featuresOf().passage);
    expect(scoreOf({}, 'keyword', weights)).toBe(featuresOf().words);
  });
});
