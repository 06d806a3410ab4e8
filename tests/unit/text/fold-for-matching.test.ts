import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { foldCharacter, isMark } from '../../../src/text/fold-character.js';
import { foldForMatching } from '../../../src/text/fold-for-matching.js';
import { matchTokens } from '../../../src/text/match-tokens.js';
import { anyText } from './matching-text.js';

const fold = (text: string) => foldForMatching(text).folded;

/** Thousands of random texts take seconds on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

describe('foldForMatching', () => {
  it.each([
    ['takes vowels and Koranic marks out', 'ٱلرَّحۡمَٰنِ لَهُۥ', 'الرحمن له'],
    ['takes direction and zero-width marks out', '\u202bكت\u200cاب\u202c \u2066a\u00adb\u2069', 'كتاب ab'],
    ['takes tatweel out, and the dot that it hides', 'كتـــاب الإرهـ.ـاب معت.ـقل', 'كتاب الارهاب معتقل'],
    ['leaves the dot between sentences and initials', 'انتهى.ثم ق.م', 'انتهي.ثم ق.م'],
    ['joins alef forms, ى, ة, ؤ and ئ', 'آأإٱ مستشفى مدرسة مؤتمر بيئة', 'اااا مستشفي مدرسه موتمر بييه'],
    ['writes presentation forms as letters', 'ﻛﺘﺎﺏ ﻻ ﷺ ﷲ', 'كتاب لا صلي الله عليه وسلم الله'],
    ['takes marks out that an old font wrote on a blank', 'كﹰتﱞاب', 'كتاب'],
    ['writes Persian and Urdu letters as Arabic', 'کتابی ھەہ', 'كتابي ههه'],
    ['writes the digits and signs of all scripts as ASCII', '٣٫١٤ ۱٬۲۳۴ ५६ １２ 𝟗', '3.14 1,234 56 12 9'],
    [
      'takes accents and cases off Latin letters',
      'CAFÉ naïve Straße Øre Œuvre İı',
      'cafe naive strasse ore oeuvre ii',
    ],
    ['writes one apostrophe for all', 'don’t donʼt ʿAlī', "don't don't ali"],
    ['leaves superscripts and fractions out', 'm² 2½', 'm  2 '],
  ])('%s', (_name, text, expected) => {
    expect(fold(text)).toBe(expected);
  });

  it('keeps the letter forms apart in what is spelled', () => {
    const { spelled, folded } = foldForMatching('عَلَى آنٍ');
    expect([spelled, folded]).toEqual(['على آن', 'علي ان']);
  });

  it('says for each unit where it comes from', () => {
    const { starts, ends } = foldForMatching('كِتـَاﻻ');
    expect(starts).toEqual([0, 2, 5, 6, 6]);
    expect(ends).toEqual([2, 5, 6, 7, 7]);
  });

  it('folds every character to what is not folded further', () => {
    const unstable: string[] = [];
    for (let codePoint = 0; codePoint <= 0x1ffff; codePoint += 1) {
      const once = foldCharacter(String.fromCodePoint(codePoint));
      if (Array.from(once, foldCharacter).join('') !== once) unstable.push(codePoint.toString(16));
    }
    expect(unstable).toEqual([]);
  });

  it('folding twice is folding once', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('has one place for each unit, rising and inside the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { spelled, folded, starts, ends } = foldForMatching(text);
        expect([spelled.length, starts.length, ends.length]).toEqual(Array(3).fill(folded.length));
        for (const [unit, start] of starts.entries()) {
          expect(start).toBeGreaterThanOrEqual(starts[unit - 1] ?? 0);
          expect(ends[unit]).toBeGreaterThan(start);
          expect(ends[unit]).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is linear in runs of tatweel, of dots and of commas', () => {
    const startedAt = performance.now();
    for (const run of ['ـ', '.ـ', '1,', '12,345,', "a'"]) matchTokens(`ب${run.repeat(50_000)}ب`);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe('the places of tokens', () => {
  it('hold a text that gives the same token again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { start, end, ...word } of matchTokens(text)) {
          const again = matchTokens(text.slice(start, end)).map(({ start: _s, end: _e, ...rest }) => rest);
          expect(again).toContainEqual(word);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never begin with a mark, leave a mark of theirs behind, or halve a character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { start, end } of matchTokens(text)) {
          const [first, next] = [start, end].map((at) => String.fromCodePoint(text.codePointAt(at) ?? 0));
          expect([first, next].map((character) => isMark(character ?? ''))).toEqual([false, false]);
          expect([start, end].map((at) => isHalfway(text, at))).toEqual([false, false]);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

function isHalfway(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}
