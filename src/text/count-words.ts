const TOKEN = /\S+/g;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Counts the words of a text: runs without blanks that hold a letter or a digit. A dash alone is no word. */
export function countWords(text: string): number {
  let words = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (LETTER_OR_DIGIT.test(token)) words += 1;
  }
  return words;
}
