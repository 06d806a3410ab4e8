import { describe, expect, it } from 'vitest';
import { stemWeight } from '../../../src/storage/bm25.js';
import { scorePassage, weighStem } from '../../../src/storage/score-passage.js';
import { countTerms } from '../../../src/text/passage-terms.js';

const none = countTerms([]);

function terms(words: readonly string[], titleWords: readonly string[] = []) {
  return {
    length: words.length,
    words: countTerms(words),
    titleWords: countTerms(titleWords),
    grams: none,
    skeletons: none,
    titleSkeletons: none,
  };
}

describe('scoring a passage', () => {
  it('is BM25: weight × f (k1 + 1) / (f + k1 (1 − b + b length / mean))', () => {
    const passage = terms(['a', 'a', 'b', 'c']);
    const expected = (3 * 2 * 2.2) / (2 + 1.2 * (0.25 + (0.75 * 4) / 8));
    expect(scorePassage(passage, [weighStem('a', 3)], 8)).toBeCloseTo(expected, 12);
  });

  it('takes an occurrence in the title for two in the text', () => {
    const inTitle = scorePassage(terms(['x', 'y', 'z'], ['a']), [weighStem('a', 1)], 3);
    expect(inTitle).toBeCloseTo(scorePassage(terms(['a', 'a', 'z']), [weighStem('a', 1)], 3), 12);
  });

  it('is 0 where none of the stems stands, also without words and without a mean', () => {
    expect(scorePassage(terms(['a', 'b']), [weighStem('c', 5)], 2)).toBe(0);
    expect(scorePassage(terms([]), [weighStem('c', 5)], 0)).toBe(0);
  });

  it('is finite for a title without text', () => {
    const score = scorePassage(terms([], ['a']), [weighStem('a', 1)], 0);
    expect(score).toBeGreaterThan(0);
    expect(Number.isFinite(score)).toBe(true);
  });

  it('weighs rarer stems more, and none below 0', () => {
    expect(stemWeight(1, 1_000)).toBeGreaterThan(stemWeight(10, 1_000));
    expect(stemWeight(1_000, 1_000)).toBeGreaterThanOrEqual(0);
    expect(stemWeight(12, 10)).toBeGreaterThanOrEqual(0);
  });
});
