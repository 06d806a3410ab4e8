import { describe, expect, it } from 'vitest';
import { JudgedWords } from '../../../src/search/judged-words.js';
import { readQueryText, weighQueryTerms } from '../../../src/search/query-terms.js';
import { passageTerms } from '../../../src/text/passage-terms.js';

/** Features of a passage in an archive where each word stands in 5 of 100 passages, which have `meanLength` words. */
function featuresOf(question: string, { text = '', title = '', meanLength = 4 }) {
  const read = readQueryText(question);
  const passagesWith = Uint32Array.from(read.stems, () => 5);
  const query = weighQueryTerms(read, { passages: 100, meanLength, passagesWith });
  // Not in the first place, and beside another passage.
  const judged = new JudgedWords(query, 2);
  judged.judge(0, passageTerms('granite', question));
  judged.judge(1, passageTerms(text, title));
  return {
    words: judged.words(1),
    coverage: judged.coverage(1),
    missing: judged.missing(1),
    grams: judged.grams(1),
  };
}

describe('features of terms', () => {
  it('are 0 for a passage that has nothing of the question', () => {
    expect(featuresOf('granite quarries', { text: 'Fishermen mend nets.' })).toEqual({
      words: 0,
      coverage: 0,
      missing: expect.closeTo(0.548, 2),
      grams: 0,
    });
  });

  it('are 1 in words when each stands once in a passage of mean length', () => {
    const { words, grams } = featuresOf('محاجر الجرانيت', { text: 'محاجر الجرانيت تفيد البنائين' });
    expect(words).toBeCloseTo(1, 12);
    expect(grams).toBeCloseTo(1, 12);
  });

  it('are about the share of the words that are there', () => {
    expect(featuresOf('granite quarries', { text: 'granite feeds masons well' }).words).toBeCloseTo(0.5, 12);
  });

  it('rise with repetition, less and less, and stay below 2.2', () => {
    const of = (times: number) =>
      featuresOf('granite', { text: 'granite '.repeat(times), meanLength: times }).words;
    expect(of(2)).toBeGreaterThan(of(1));
    expect(of(3) - of(2)).toBeLessThan(of(2) - of(1));
    expect(of(200)).toBeLessThan(2.2);
    expect(of(200)).toBeGreaterThan(2);
  });

  it('hold back long passages', () => {
    const long = featuresOf('granite', { text: `granite ${'filler '.repeat(40)}` });
    expect(long.words).toBeLessThan(featuresOf('granite', { text: 'granite filler' }).words);
  });

  it('count a word of the title more than one of the text', () => {
    const text = 'masons carve stone daily';
    const inTitle = featuresOf('granite', { text, title: 'Granite' });
    const inText = featuresOf('granite', { text: 'masons carve granite daily' });
    expect(inTitle.words).toBeGreaterThan(inText.words);
  });

  it.each([['المهندسون المعماريون', 'الهندسة المعمارية للمسجد']])(
    'catch by triples what stems miss: %s in "%s"',
    (question, text) => {
      const { words, grams } = featuresOf(question, { text });
      expect(grams).toBeGreaterThan(0.2);
      expect(grams).toBeGreaterThan(words);
    },
  );

  it('tell which share of the words is there, and how rare the rarest is that is not', () => {
    const both = featuresOf('granite quarries', { text: 'quarries', title: 'Granite' });
    expect(both).toMatchObject({ coverage: 1, missing: 0 });
    const one = featuresOf('granite quarries', { text: 'granite granite granite' });
    expect(one.coverage).toBeCloseTo(0.5, 12);
    expect(one.missing).toBeGreaterThan(0.5);
  });

  it('are finite in an archive without words', () => {
    expect(featuresOf('granite', { text: 'granite', meanLength: 0 }).words).toBeCloseTo(1, 12);
  });

  it('stay as they were judged first', () => {
    const read = readQueryText('granite');
    const query = weighQueryTerms(read, { passages: 9, meanLength: 2, passagesWith: Uint32Array.of(1) });
    const judged = new JudgedWords(query, 1);
    expect(judged.words(0)).toBeNaN();
    judged.judge(0, passageTerms('granite masons', ''));
    judged.judge(0, passageTerms('fishermen', ''));
    expect(judged.coverage(0)).toBe(1);
  });
});
