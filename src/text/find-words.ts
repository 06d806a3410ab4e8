import type { TextSpan } from '../domain/passage.js';

const ARABIC =
  '\\u0620-\\u064A\\u066E\\u066F\\u0671-\\u06D3\\u06D5\\u06EE\\u06EF\\u06FA-\\u06FC\\u06FF\\u0750-\\u077F\\u0860-\\u086A\\u0870-\\u0887\\u0889-\\u088E\\u08A0-\\u08C9';
const OTHER_LETTER = `[^\\P{L}${ARABIC}]|\\p{Nl}`;
const OTHER_WORD = `(?:${OTHER_LETTER})(?:${OTHER_LETTER}|\\p{M})*`;
/** 1,234,567.89 and 3.14; but 12.05.2023 is a date and 1,2,3 a list. */
const GROUPED = '(?<![0-9][.,])[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?(?![0-9]|[.,][0-9])';
const DECIMAL = '(?<![0-9][.,])[0-9]+\\.[0-9]+(?![0-9]|[.,][0-9])';

const WORD = new RegExp(
  `[${ARABIC}][${ARABIC}\\p{M}]*|${OTHER_WORD}(?:'${OTHER_WORD})*|${GROUPED}|${DECIMAL}|[0-9]+`,
  'gu',
);

/**
 * Finds the words of a folded text: runs of Arabic letters, runs of other letters (with apostrophes inside), and
 * numbers. Where one kind meets another a word ends, so that "5km" reads as "5 km" and «عام2023» as «عام 2023».
 *
 * @returns Spans into `spelled`, rising
 * Cost: linear in the length.
 */
export function findWords(spelled: string): TextSpan[] {
  return Array.from(spelled.matchAll(WORD), ({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }));
}
