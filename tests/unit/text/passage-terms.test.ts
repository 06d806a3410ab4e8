import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchTokens } from '../../../src/text/match-tokens.js';
import {
  countTerms,
  gramsOf,
  hashTerm,
  occurrencesOf,
  passageTerms,
  skeletonsOf,
} from '../../../src/text/passage-terms.js';

const stem = (word: string) => matchTokens(word)[0]!.stem;

describe('hashTerm', () => {
  it('is FNV-1a: known values stay, so that stored terms stay good', () => {
    expect([hashTerm(''), hashTerm('a'), hashTerm('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
  });
});

describe('occurrencesOf', () => {
  it('finds each hash and no other, however they are spread', () => {
    const hash = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.nat(0xffffffff), fc.constant(0xffffffff));
    fc.assert(
      fc.property(fc.uniqueArray(hash, { maxLength: 60 }), fc.array(hash), (kept, others) => {
        const own = Uint32Array.from(kept).sort();
        // Among those of other lists, which have the same hashes.
        const hashes = Uint32Array.of(...own, ...own, ...own);
        const counts = Uint8Array.from(hashes, (_, place) => 1 + (place % 200));
        const terms = { hashes, counts, start: own.length, end: 2 * own.length };
        for (const asked of [...kept, ...others]) {
          const place = own.indexOf(asked);
          expect(occurrencesOf(terms, asked)).toBe(place < 0 ? 0 : counts[own.length + place]);
        }
      }),
    );
  });
});

describe('passageTerms', () => {
  it('counts the words of text and title apart, by stem, without stop words', () => {
    const terms = passageTerms('The bridges and the old bridge of Mostar.', 'Bridges');
    expect(terms.length).toBe(4);
    expect(occurrencesOf(terms.words, hashTerm(stem('bridge')))).toBe(2);
    expect(occurrencesOf(terms.words, hashTerm(stem('Mostar')))).toBe(1);
    expect(occurrencesOf(terms.titleWords, hashTerm(stem('bridge')))).toBe(1);
    expect(occurrencesOf(terms.titleWords, hashTerm(stem('Mostar')))).toBe(0);
    for (const stopWord of ['the', 'and', 'of'])
      expect(occurrencesOf(terms.words, hashTerm(stopWord))).toBe(0);
  });

  it('has the triples of the text alone, and the names and numbers of text and title apart', () => {
    const terms = passageTerms('زرنا بغداد القديمة.', 'Copernicus in 1543');
    expect(occurrencesOf(terms.grams, hashTerm('بغد'))).toBe(1);
    expect(occurrencesOf(terms.grams, hashTerm('cop'))).toBe(0);
    expect(occurrencesOf(terms.skeletons, hashTerm('PKD'))).toBe(1);
    expect(occurrencesOf(terms.skeletons, hashTerm('KPRNKS'))).toBe(0);
    expect(occurrencesOf(terms.titleSkeletons, hashTerm('KPRNKS'))).toBe(1);
    expect(occurrencesOf(terms.titleSkeletons, hashTerm('#1543'))).toBe(1);
  });

  it('is empty for a text without words', () => {
    const { length, ...lists } = passageTerms(' … ؟ ', '');
    expect(length).toBe(0);
    for (const { hashes, counts } of Object.values(lists))
      expect([hashes.length, counts.length]).toEqual([0, 0]);
  });
});

describe('gramsOf', () => {
  it.each([
    ['river', []],
    ['مدينه', ['مدي', 'دين', 'ينه']],
    ['moon', []],
    ['', []],
  ])('gives all letter triples of an Arabic word of five letters or more: %s', (word, grams) => {
    expect(gramsOf(word)).toEqual(grams);
  });
});

describe('skeletonsOf', () => {
  const of = (text: string) =>
    skeletonsOf(
      text,
      matchTokens(text).filter(({ stopWord }) => !stopWord),
    );

  it('takes Latin words with a capital for names, and no others', () => {
    expect(of('yesterday Armstrong walked slowly')).toEqual(of('Armstrong'));
    expect(of('armstrong')).toEqual([]);
    expect(of('Éluard')).toHaveLength(1);
  });

  it('takes every Arabic word, as its script has no capitals', () => {
    expect(of('مشى أرمسترونغ')).toEqual(expect.arrayContaining(of('Armstrong')));
  });

  it('takes numbers of two digits or more, the same in all digits', () => {
    expect(of('3 men in 1969')).toEqual(['#1969']);
    expect(of('عام ١٩٦٩ و٣ رجال')).toContain('#1969');
    expect(of('1,250.5 km')).toEqual(of('١٬٢٥٠٫٥'));
  });

  it('never mistakes a number for a name', () => {
    expect(of('1969')).not.toEqual(of('Nsn'));
    expect(hashTerm('#1969')).not.toBe(hashTerm('1969'));
  });
});

describe('countTerms', () => {
  it('counts up to 255 and keeps hashes rising', () => {
    const { hashes, counts } = countTerms([...Array<string>(300).fill('often'), 'once', 'twice', 'twice']);
    expect([...hashes]).toEqual([...hashes].sort((a, b) => a - b));
    const counted = new Map([...hashes].map((hash, i) => [hash, counts[i]]));
    expect(counted).toEqual(
      new Map([
        [hashTerm('often'), 255],
        [hashTerm('once'), 1],
        [hashTerm('twice'), 2],
      ]),
    );
  });
});

describe('occurrencesOf', () => {
  it('finds what was counted, and 0 for what was not', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), fc.string({ maxLength: 3 }), (terms, asked) => {
        const counted = countTerms(terms);
        const expected = terms.filter((term) => hashTerm(term) === hashTerm(asked)).length;
        expect(occurrencesOf(counted, hashTerm(asked))).toBe(expected);
        for (const term of terms) expect(occurrencesOf(counted, hashTerm(term))).toBeGreaterThan(0);
      }),
    );
  });
});
