import { describe, expect, it } from 'vitest';
import { readQueryText } from '../../../src/search/query-terms.js';
import { WordTranslations } from '../../../src/search/word-translations.js';
import { AcrossJudge, wordsAcross } from '../../../src/search/words-across.js';
import { passageTerms } from '../../../src/text/passage-terms.js';

const TRANSLATIONS = new WordTranslations('wall\tسور 90 جدار 60\nriver\tنهر 99\nhigh\tمرتفع 80\n');
const OTHERS = Array<string>(50).fill('سوق المدينة');

interface Passage {
  readonly text?: string;
  readonly title?: string;
  readonly others?: readonly string[];
}

/** Features of an Arabic passage among others for an English question. */
function featuresOf(question: string, { text = '', title = '', others = OTHERS }: Passage) {
  const terms = passageTerms(text, title);
  const candidates = [terms, ...others.map((other) => passageTerms(other, ''))];
  const judge = new AcrossJudge(wordsAcross(readQueryText(question), TRANSLATIONS), candidates);
  return {
    translated: judge.translated(0),
    untranslated: judge.untranslated(0),
    known: judge.known,
    brevity: judge.brevity,
  };
}

const translated = (question: string, passage: Passage) => featuresOf(question, passage).translated;

describe('words across languages', () => {
  it('are found as their translations, by how sure these are', () => {
    expect(translated('wall', { text: 'سور المدينة' })).toBeCloseTo(0.9, 12);
    expect(translated('wall', { text: 'جدار المدينة' })).toBeCloseTo(0.6, 12);
    expect(translated('wall', { text: 'جدار وسور' })).toBeCloseTo(0.96, 12);
    expect(translated('wall', { text: 'المدينة' })).toBe(0);
  });

  it('are found in the title as in the text', () => {
    expect(translated('wall', { title: 'السور' })).toBe(translated('wall', { text: 'السور' }));
    expect(translated('Baghdad', { title: 'بغداد' })).toBe(translated('Baghdad', { text: 'بغداد' }));
  });

  it('are found by their consonants when they are names, and when they are numbers', () => {
    expect(translated('Baghdad 1258', { text: 'سقطت بغداد عام ١٢٥٨' })).toBeCloseTo(1, 12);
    const others = [...OTHERS, 'سقطت بغداد'];
    expect(translated('Baghdad 1258', { text: 'بغداد', others })).toBeLessThan(0.5);
  });

  it('count the less the more candidates have them, and next to nothing when all do', () => {
    const sharedBy = (count: number) =>
      translated('river wall', {
        text: 'النهر',
        others: Array.from({ length: 50 }, (_, i) => (i < count ? 'نهر' : i === 49 ? 'سور' : 'سوق')),
      });
    expect(sharedBy(10)).toBeLessThan(sharedBy(1));
    expect(sharedBy(49)).toBeLessThan(0.02);
  });

  it('of which nothing is known cannot be earned', () => {
    const known = translated('wall', { text: 'السور' });
    expect(translated('granite wall', { text: 'السور' })).toBeLessThan(known);
    expect(translated('granite wall', { text: 'السور' })).toBeGreaterThan(known / 2);
  });

  it('tell how rare the rarest is that is known and missing', () => {
    const others = [...OTHERS, 'النهر', 'النهر', 'النهر'];
    const without = (text: string) => featuresOf('river wall', { text, others }).untranslated;
    expect(without('السوق')).toBeCloseTo(without('النهر'), 12);
    expect(without('السور')).toBeLessThan(without('النهر'));
    expect(without('السور على النهر')).toBeLessThan(0.1);
    expect(featuresOf('granite', { text: 'السوق' }).untranslated).toBe(0);
  });

  it('tell how many words the question has, and of how many a translation is known', () => {
    const features = featuresOf('high granite wall', { text: 'السوق' });
    expect(features.known).toBeCloseTo(2 / 3, 12);
    expect(features.brevity).toBeCloseTo(1 / 3, 12);
  });

  it('are none of a question without words', () => {
    const none = { translated: 0, untranslated: 0, known: 0, brevity: 0 };
    expect(featuresOf('where is it?', { text: 'السور' })).toEqual(none);
  });

  it('are those of the passage at its place', () => {
    const texts = ['سوق', 'سور', 'نهر', 'سور على نهر'].map((text) => passageTerms(text, ''));
    const judge = new AcrossJudge(wordsAcross(readQueryText('river wall'), TRANSLATIONS), texts);
    const found = texts.map((_, place) => judge.translated(place));
    expect(found[0]).toBe(0);
    expect(found[1]).toBeGreaterThan(0);
    expect(found[2]).toBeGreaterThan(0);
    expect(found[3]).toBeCloseTo((found[1] ?? 0) + (found[2] ?? 0), 12);
  });
});
