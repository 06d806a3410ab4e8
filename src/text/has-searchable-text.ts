const LETTER_OR_DIGIT = /[\p{L}\p{Nd}\p{Nl}]/u;
/** Tatweel is a letter to Unicode, but only stretches other letters. */
const ONLY_STRETCHES = /\u0640+/g;

/** Tells whether a text has anything to search by: at least one letter or digit of any script. */
export function hasSearchableText(text: string): boolean {
  const found = LETTER_OR_DIGIT.exec(text);
  if (found === null) return false;
  return found[0] !== '\u0640' || LETTER_OR_DIGIT.test(text.slice(found.index).replace(ONLY_STRETCHES, ''));
}
