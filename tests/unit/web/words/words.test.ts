import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatDuration,
  formatMoment,
  formatNumber,
  formatSize,
} from '../../../../src/web/words/format-values.js';
import { WORDS_AR } from '../../../../src/web/words/words-ar.js';
import { WORDS_EN } from '../../../../src/web/words/words-en.js';

describe('the words of the interface', () => {
  it.each([
    [1, 'بُحث في مقطع واحد'],
    [2, 'بُحث في مقطعين'],
    [5, 'بُحث في ٥ مقاطع'],
    [11, 'بُحث في ١١ مقطعًا'],
    [100, 'بُحث في ١٠٠ مقطع'],
  ])('count %i as Arabic does', (count, words) => {
    expect(WORDS_AR.search.searchedIn(count)).toBe(words);
  });

  it('count as English does', () => {
    expect(WORDS_EN.search.searchedIn(1)).toBe('Searched 1 passage');
    expect(WORDS_EN.search.searchedIn(1234)).toBe('Searched 1,234 passages');
  });

  it('say dates in their language, and no more of them than was told', () => {
    expect(formatDate(WORDS_EN, '2021-11-08')).toBe('8 November 2021');
    expect(formatDate(WORDS_AR, '2021-11-08T22:00:00+03:00')).toBe('٨ نوفمبر ٢٠٢١');
    expect(formatDate(WORDS_EN, '2021-11')).toBe('November 2021');
    expect(formatDate(WORDS_EN, '2021')).toBe('2021');
    expect(formatDate(WORDS_EN, 'of old')).toBe('of old');
  });

  it('say numbers, sizes and moments with their digits', () => {
    expect(formatNumber(WORDS_AR, 1234.5, 1)).toBe('١٬٢٣٤٫٥');
    expect(formatNumber(WORDS_EN, 1234.56)).toBe('1,235');
    expect(formatSize(WORDS_EN, 9_900_000)).toBe('9.9 MB');
    expect(formatSize(WORDS_EN, 0)).toBe('0 byte');
    expect(formatMoment(WORDS_EN, new Date('2026-01-02T03:04:05Z'))).toContain('03:04 UTC');
  });

  it.each([
    [0.2, '1 second', 'ثانية'],
    [89, '89 seconds', '٨٩ ثانية'],
    [91, '2 minutes', 'دقيقتان'],
    [3_600, '60 minutes', '٦٠ دقيقة'],
    [90 * 60, '2 hours', 'ساعتان'],
    [48 * 3_600, '2 days', 'يومان'],
  ])('say %i seconds in the unit that suits them', (seconds, english, arabic) => {
    expect(formatDuration(WORDS_EN, seconds)).toBe(english);
    expect(formatDuration(WORDS_AR, seconds)).toBe(arabic);
  });

  it('are told in the same places in both languages', () => {
    const places = (value: object): string[] =>
      Object.entries(value).flatMap(([name, inner]) =>
        typeof inner === 'object' ? places(inner).map((place) => `${name}.${place}`) : [name],
      );
    expect(places(WORDS_AR)).toEqual(places(WORDS_EN));
  });
});
