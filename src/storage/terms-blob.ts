import { hashesOf, type PassageTerms, type TermCounts } from '../text/passage-terms.js';
import { alignedBytes } from './vector-blobs.js';

/** Says how the rest is laid out; a blob that begins otherwise is refused. */
const LAYOUT = 2;

/** Layout, length, and how many terms each of the five lists has: u32 each. */
const HEADER_NUMBERS = 7;
const HEADER_BYTES = HEADER_NUMBERS * 4;

/**
 * PassageTerms as they lie in the database, little-endian: u32 header [7], then u32 hashes of words, title words,
 * grams, skeletons and title skeletons, then their u8 counts in the same order. 28 bytes, and 5 a term.
 */
export function termsToBlob(terms: PassageTerms): Uint8Array {
  const lists = [terms.words, terms.titleWords, terms.grams, terms.skeletons, terms.titleSkeletons];
  const total = lists.reduce((sum, { start, end }) => sum + end - start, 0);
  const blob = new Uint8Array(HEADER_BYTES + total * 5);
  const numbers = new Uint32Array(blob.buffer, 0, HEADER_NUMBERS + total);
  numbers.set([LAYOUT, terms.length, ...lists.map(({ start, end }) => end - start)]);
  let at = 0;
  for (const list of lists) {
    const { counts, start, end } = list;
    numbers.set(hashesOf(list), HEADER_NUMBERS + at);
    blob.set(counts.subarray(start, end), HEADER_BYTES + total * 4 + at);
    at += end - start;
  }
  return blob;
}

/**
 * Shares the blob's memory, and copies it once where it starts at a byte at which a Uint32Array may not.
 * @throws RangeError (bug) for what termsToBlob did not make
 */
export function blobToTerms(blob: Uint8Array): PassageTerms {
  const { buffer, byteOffset, byteLength } = alignedBytes(blob);
  if (byteLength < HEADER_BYTES) throw new RangeError(`terms of ${byteLength} bytes have no header`);
  const header = new Uint32Array(buffer, byteOffset, HEADER_NUMBERS);
  const [layout = 0, length = 0, words = 0, titleWords = 0, grams = 0, skeletons = 0, titleSkeletons = 0] =
    header;
  const total = words + titleWords + grams + skeletons + titleSkeletons;
  if (layout !== LAYOUT || byteLength !== HEADER_BYTES + total * 5) {
    throw new RangeError(
      `terms of layout ${layout} with ${total} terms in ${byteLength} bytes are unreadable`,
    );
  }
  const hashes = new Uint32Array(buffer, byteOffset + HEADER_BYTES, total);
  const counts = new Uint8Array(buffer, byteOffset + HEADER_BYTES + total * 4, total);
  let end = 0;
  const next = (count: number): TermCounts => {
    const start = end;
    end += count;
    return { hashes, counts, start, end };
  };
  return {
    length,
    words: next(words),
    titleWords: next(titleWords),
    grams: next(grams),
    skeletons: next(skeletons),
    titleSkeletons: next(titleSkeletons),
  };
}
