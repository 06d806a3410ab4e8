import { describe, expect, it } from 'vitest';
import { matchTokens } from '../../../src/text/match-tokens.js';

describe('matchTokens', () => {
  it('gives each word its place in the untouched text, marks included', () => {
    const text = 'قرأ «كِتَابًا» عن الإرهـ.ـاب في café.';
    const tokens = matchTokens(text);
    expect(tokens.map(({ start, end }) => text.slice(start, end))).toEqual([
      'قرأ',
      'كِتَابًا',
      'عن',
      'الإرهـ.ـاب',
      'في',
      'café',
    ]);
    expect(tokens.map(({ folded }) => folded)).toEqual(['قرا', 'كتابا', 'عن', 'الارهاب', 'في', 'cafe']);
  });

  it('gives the words of a ligature the place of the ligature', () => {
    expect(matchTokens('محمد ﷺ').map(({ start, end, folded }) => [start, end, folded])).toEqual([
      [0, 4, 'محمد'],
      [5, 6, 'صلي'],
      [5, 6, 'الله'],
      [5, 6, 'عليه'],
      [5, 6, 'وسلم'],
    ]);
  });

  it.each([
    ['1,234.5 ١٬٢٣٤٫٥ ۱٬۲۳۴٫۵ １,234.5', ['1234.5', '1234.5', '1234.5', '1234.5']],
    ['12.05.2023', ['12', '05', '2023']],
    ['1,2,3 3,14', ['1', '2', '3', '3', '14']],
    ['5km عام2023 covid-19', ['5', 'km', 'عام', '2023', 'covid', '19']],
    ['10² word¹', ['10', 'word']],
  ])('reads the numbers of "%s"', (text, expected) => {
    expect(matchTokens(text).map(({ folded }) => folded)).toEqual(expected);
  });

  it.each([
    ['على', true],
    ['علي', false],
    ['وعلى', true],
    ['الى', true],
    ['الي', true],
    ['فى', true],
    ['أن', true],
    ['ان', true],
    ['آن', false],
    ['فهم', false],
    ['ولي', false],
    ["don't", true],
    ['dont', true],
    ["we'll", true],
    ['well', false],
    ['us', true],
    ['US', false],
    ['WHO', false],
  ])('tells whether %s is a stop word: %s', (word, expected) => {
    expect(matchTokens(word).map(({ stopWord }) => stopWord)).toEqual([expected]);
  });

  it('finds no word in marks, signs and blanks', () => {
    expect(matchTokens(' \u200f\u064e ـ ،؟ ½ — ')).toEqual([]);
  });
});
