import type { TextSpan } from '../domain/passage.js';
import { countWords } from '../text/count-words.js';
import { foldForMatching } from '../text/fold-for-matching.js';

/** Fewer words stand anywhere: finding them shows nothing. */
const LEAST_WORDS = 3;

interface Comparable {
  readonly text: string;
  /** For each unit of `text`, where its character begins and ends in the original. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * Finds a quotation in the text that it is said to be from: the same words in the same order, with the same punctuation
 * between them. Blanks, vowel marks, capitals and the shape of quotation marks and dashes may differ; what ends it may lack.
 * @returns Span of `text`, untouched; null when it does not stand there, or is shorter than three words
 * Cost: linear in the length of both.
 */
export function findQuote(text: string, quote: string): TextSpan | null {
  if (countWords(quote) < LEAST_WORDS) return null;
  const wanted = comparable(quote).text.replace(/^[\s"'….]+|[\s"'….,،؛;:]+$/gu, '');
  if (wanted === '') return null;
  const held = comparable(text);
  for (let at = held.text.indexOf(wanted); at !== -1; at = held.text.indexOf(wanted, at + 1)) {
    if (cutsWord(held.text, at, wanted.length)) continue;
    const last = at + wanted.length - 1;
    return { start: held.starts[at] ?? 0, end: held.ends[last] ?? text.length };
  }
  return null;
}

function comparable(text: string): Comparable {
  const { spelled, starts, ends } = foldForMatching(text);
  let plain = '';
  const from: number[] = [];
  const to: number[] = [];
  for (let at = 0; at < spelled.length; at++) {
    const unit = plainUnit(spelled.charAt(at));
    if (unit === ' ' && plain.endsWith(' ')) {
      to[to.length - 1] = ends[at] ?? 0;
      continue;
    }
    plain += unit;
    from.push(starts[at] ?? 0);
    to.push(ends[at] ?? 0);
  }
  return { text: plain, starts: from, ends: to };
}

function plainUnit(unit: string): string {
  if (/\s/.test(unit)) return ' ';
  if (/["“”«»„]/.test(unit)) return '"';
  if (/[‐-―]/.test(unit)) return '-';
  return unit;
}

function cutsWord(text: string, start: number, length: number): boolean {
  const isWord = (place: number) => /[\p{L}\p{N}]/u.test(text.charAt(place));
  const end = start + length;
  return (isWord(start - 1) && isWord(start)) || (isWord(end - 1) && isWord(end));
}
