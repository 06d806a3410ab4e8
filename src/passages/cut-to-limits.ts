import { countWords } from '../text/count-words.js';
import { findCut } from './find-cut.js';

/** Part of one piece's length, on either side of the even cut, in which a better kind of boundary is looked for. */
const REACH = 0.35;

/** The two limits that no piece may pass. */
export interface SizeLimits {
  readonly maxWords: number;
  readonly maxCharacters: number;
}

/**
 * Cuts a text into parts of about even length, each within the limits, at sentence ends where there are some.
 *
 * @returns Slices of `text` without outer blanks, in order; nothing but blanks is missing between them.
 * Cost: n·log n in the length.
 */
export function cutToLimits(text: string, limits: SizeLimits): string[] {
  const trimmed = text.trim();
  const parts = Math.max(
    Math.ceil(trimmed.length / limits.maxCharacters),
    Math.ceil(countWords(trimmed) / limits.maxWords),
  );
  if (parts <= 1) return trimmed === '' ? [] : [trimmed];
  const target = (trimmed.length * Math.floor(parts / 2)) / parts;
  const cut = findCut(trimmed, { target, reach: (trimmed.length / parts) * REACH });
  return [...cutToLimits(trimmed.slice(0, cut), limits), ...cutToLimits(trimmed.slice(cut), limits)];
}
