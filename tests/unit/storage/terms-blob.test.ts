import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobToTerms, termsToBlob } from '../../../src/storage/terms-blob.js';
import type { PassageTerms, TermCounts } from '../../../src/text/passage-terms.js';
import { termLists } from '../text/term-lists.js';

const listOf = (hashes: number[], counts: number[]): TermCounts => ({
  hashes: Uint32Array.from(hashes),
  counts: Uint8Array.from(counts),
  start: 0,
  end: hashes.length,
});

const list: fc.Arbitrary<TermCounts> = fc
  .uniqueArray(fc.tuple(fc.nat(0xffffffff), fc.integer({ min: 1, max: 255 })), { selector: ([hash]) => hash })
  .map((terms) => {
    const rising = terms.toSorted(([a], [b]) => a - b);
    return listOf(
      rising.map(([hash]) => hash),
      rising.map(([, count]) => count),
    );
  });

const passageTerms: fc.Arbitrary<PassageTerms> = fc.record({
  length: fc.nat(0xffffffff),
  words: list,
  titleWords: list,
  grams: list,
  skeletons: list,
  titleSkeletons: list,
});

describe('terms in the database', () => {
  it('come back as they were, from a blob that starts at any byte', () => {
    fc.assert(
      fc.property(passageTerms, fc.nat(5), (terms, offset) => {
        const blob = termsToBlob(terms);
        const moved = new Uint8Array(offset + blob.length);
        moved.set(blob, offset);
        expect(termLists(blobToTerms(moved.subarray(offset)))).toEqual(termLists(terms));
      }),
    );
  });

  it('take 28 bytes and 5 a term', () => {
    const terms = listOf([1, 2], [1, 1]);
    const blob = termsToBlob({
      length: 2,
      words: terms,
      titleWords: terms,
      grams: terms,
      skeletons: terms,
      titleSkeletons: terms,
    });
    expect(blob).toHaveLength(28 + 5 * 10);
  });

  it('share the memory of the blob they came in', () => {
    const none = listOf([], []);
    const words = listOf([7], [3]);
    const blob = termsToBlob({
      length: 1,
      words,
      titleWords: none,
      grams: none,
      skeletons: none,
      titleSkeletons: none,
    });
    expect(blobToTerms(blob).words.hashes.buffer).toBe(blob.buffer);
  });

  it.each([
    ['shorter than its header', (blob: Uint8Array) => blob.subarray(0, 20)],
    ['shorter than its terms', (blob: Uint8Array) => blob.subarray(0, -1)],
    ['of a layout that nobody knows', (blob: Uint8Array) => blob.with(0, 9)],
  ])('are refused when the blob is %s', (_name, damage) => {
    const terms = listOf([1], [1]);
    const blob = termsToBlob({
      length: 1,
      words: terms,
      titleWords: terms,
      grams: terms,
      skeletons: terms,
      titleSkeletons: terms,
    });
    expect(() => blobToTerms(damage(blob))).toThrow(RangeError);
  });
});
