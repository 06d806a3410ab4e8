import { findCut } from './find-cut.js';

/** Part of the text on either side of the middle in which a better kind of boundary is looked for. */
const REACH = 0.3;

/**
 * Cuts a text in two at the best boundary near its middle: for a passage that the tokenizer finds too long.
 *
 * @returns Both parts without outer blanks, neither empty.
 * @throws RangeError (bug) when the text has fewer than two non-blank code points.
 */
export function splitPassageText(text: string): [string, string] {
  const trimmed = text.trim();
  if ([...trimmed.slice(0, 4)].length < 2) {
    throw new RangeError('A text of fewer than two characters cannot be split.');
  }
  const cut = findCut(trimmed, { target: trimmed.length / 2, reach: trimmed.length * REACH });
  return [trimmed.slice(0, cut).trim(), trimmed.slice(cut).trim()];
}
