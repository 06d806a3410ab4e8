import { consonantSkeletons } from './consonant-skeleton.js';
import { type MatchToken, matchTokens } from './match-tokens.js';

/** Rises when the same text gives other terms: what is stored is then made again. */
export const TERMS_VERSION = 4;

/** Shorter words are their own triple, or nearly: they are matched whole or not at all. */
const LEAST_GRAMMED_CHARACTERS = 5;
const GRAM_CHARACTERS = 3;

/**
 * Terms by hash, rising, with how often each stands there (255 at most): from `start` up to `end` of both arrays, which several
 * lists may share. Tens of thousands are kept, and an array of its own takes more than the terms of a title.
 */
export interface TermCounts {
  readonly hashes: Uint32Array;
  readonly counts: Uint8Array;
  readonly start: number;
  /** Beyond the last. */
  readonly end: number;
}

/** What a passage is matched by, computed once when it is stored. Hashes are `hashTerm`. */
export interface PassageTerms {
  /** Words of the text, stop words not counted. */
  readonly length: number;
  /** Stems of the text, without stop words. */
  readonly words: TermCounts;
  /** Stems of the article's title, without stop words. */
  readonly titleWords: TermCounts;
  /** Letter triples of the text's longer words. */
  readonly grams: TermCounts;
  /** Consonant skeletons of the text's names, and its numbers: the same in both scripts. */
  readonly skeletons: TermCounts;
  /** The same of the article's title: what an article is about is often named there alone. */
  readonly titleSkeletons: TermCounts;
}

/** @returns FNV-1a of the UTF-16 code units, 32 bits */
export function hashTerm(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) {
    hash ^= term.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** Cost: about 0.2 ms for 120 words. */
export function passageTerms(text: string, title: string): PassageTerms {
  const words = matchTokens(text).filter((token) => !token.stopWord);
  const titleWords = matchTokens(title).filter((token) => !token.stopWord);
  return {
    length: words.length,
    words: countTerms(words.map((token) => token.stem)),
    titleWords: countTerms(titleWords.map((token) => token.stem)),
    grams: countTerms(words.flatMap((token) => gramsOf(token.folded))),
    skeletons: countTerms(skeletonsOf(text, words)),
    titleSkeletons: countTerms(skeletonsOf(title, titleWords)),
  };
}

/**
 * All letter triples of an Arabic word of five characters or more, whose endings and attached letters stemming does not
 * all know. English stems do better by themselves (docs/decisions/0006).
 */
export function gramsOf(folded: string): string[] {
  if (folded.length < LEAST_GRAMMED_CHARACTERS || !/^\p{Script=Arabic}/u.test(folded)) return [];
  return Array.from({ length: folded.length - GRAM_CHARACTERS + 1 }, (_, at) =>
    folded.slice(at, at + GRAM_CHARACTERS),
  );
}

/**
 * What names and numbers look like from the other script: consonant skeletons of Arabic words and of capitalised
 * Latin ones, and numbers of two digits or more.
 * @param tokens  Of `text`, without stop words.
 */
export function skeletonsOf(text: string, tokens: readonly MatchToken[]): string[] {
  return tokens.flatMap(({ start, folded }) => {
    if (/^[0-9]/.test(folded)) return folded.length > 1 ? [`#${folded}`] : [];
    const first = text.slice(start, start + 2);
    return /^\p{Script=Latin}/u.test(folded) && !/^\p{Lu}/u.test(first) ? [] : consonantSkeletons(folded);
  });
}

/** Hashes are below it, and spread evenly. */
const HASH_END = 2 ** 32;

/**
 * @returns How often the term of this hash stands there.
 * Cost: a few steps from where an even spread would have it: √n of them at the most as a rule, which lie beside each other
 * in memory; halving would jump seven times among a hundred, and be guessed wrong each time.
 */
export function occurrencesOf({ hashes, counts, start, end }: TermCounts, hash: number): number {
  let place = start + Math.floor((hash * (end - start)) / HASH_END);
  while (place < end && (hashes[place] as number) < hash) place += 1;
  while (place > start && (hashes[place - 1] as number) >= hash) place -= 1;
  return place < end && hashes[place] === hash ? (counts[place] as number) : 0;
}

/** Those of one list alone. Shares its memory. */
export function hashesOf({ hashes, start, end }: TermCounts): Uint32Array {
  return hashes.subarray(start, end);
}

/** @returns The place of the first of `rising` that is not below `hash`; their number when all are. Cost: halving */
export function firstPlaceOf(rising: Uint32Array, hash: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function countTerms(terms: readonly string[]): TermCounts {
  const counts = new Map<number, number>();
  for (const term of terms) {
    const hash = hashTerm(term);
    counts.set(hash, Math.min(255, (counts.get(hash) ?? 0) + 1));
  }
  const hashes = Uint32Array.from(counts.keys()).sort();
  const ofEach = Uint8Array.from(hashes, (hash) => counts.get(hash) ?? 0);
  return { hashes, counts: ofEach, start: 0, end: hashes.length };
}
