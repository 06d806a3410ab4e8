import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/domain/language.js';
import { type PassageWithTerms, shareTerms, termJaccard } from '../../../src/search/shared-terms.js';
import { countTerms, passageTerms } from '../../../src/text/passage-terms.js';

function withTerms(text: string, skeletons = '', language: Language = 'en'): PassageWithTerms {
  const names = countTerms(skeletons === '' ? [] : skeletons.split(' '));
  return { language, terms: { ...passageTerms(text, ''), skeletons: names } };
}

describe('shareTerms', () => {
  it('tells which part of the passage’s words a candidate has, whatever else it has', () => {
    const passage = withTerms('river valley harvest');
    const shares = shareTerms(passage, [
      withTerms('river valley harvest and many other things besides'),
      withTerms('nothing alike'),
      withTerms(''),
    ]);
    expect([...shares]).toEqual([1, 0, 0]);
  });

  it('lets a word that few candidates have weigh more than one that most have', () => {
    const passage = withTerms('river barrage');
    const [rare, common] = shareTerms(passage, [
      withTerms('barrage'),
      withTerms('river'),
      withTerms('river bank'),
      withTerms('river mouth'),
    ]);
    expect(rare).toBeGreaterThan(0.5);
    expect(common).toBeLessThan(0.5);
    expect(rare! + common!).toBeCloseTo(1);
  });

  it('compares names and numbers, not words, with a passage in the other language', () => {
    const passage = withTerms('river valley', 'LSPS 1859');
    const shares = shareTerms(passage, [
      withTerms('river valley', 'LSPS 1859', 'ar'),
      withTerms('river valley', '', 'ar'),
      withTerms('other words', 'LSPS 1859', 'en'),
    ]);
    expect([...shares]).toEqual([1, 0, 0]);
  });

  it('is 0 for a passage without terms', () => {
    expect([...shareTerms(withTerms(''), [withTerms('river')])]).toEqual([0]);
  });
});

describe('termJaccard', () => {
  const words = (text: string) => passageTerms(text, '').words;

  it.each([
    ['river bank mouth', 'mouth bank river river', 1],
    ['river bank mouth', 'bank mouth delta', 0.5],
    ['river bank', 'mouth delta', 0],
    ['', 'river', 0],
    ['', '', 0],
  ])('of "%s" and "%s" is %f, in either order', (a, b, expected) => {
    expect(termJaccard(words(a), words(b))).toBe(expected);
    expect(termJaccard(words(b), words(a))).toBe(expected);
  });
});
