import { toEmbeddingText } from '../../text/to-embedding-text.js';

/** Longer lines are prose; no phrase or pattern is looked for in them. */
export const MAX_FOLDED_CHARACTERS = 400;

const OUTER_BULLET = /^[\s•·▪●○◦*■□►▶»«‹›→←\-–—]+(?=\S)/;
const OUTER_SYMBOLS = /^[^\p{L}@#+]+|[^\p{L}]+$/gu;

/**
 * Writes a line as it is compared: lower case, without vowels, tatweel and the other things that the embedder does not
 * see, alef forms as ا, ى as ي, ة as ه, and without a bullet. Empty for a line over 400 characters.
 */
export function foldLine(line: string): string {
  if (line.length > MAX_FOLDED_CHARACTERS) return '';
  return toEmbeddingText(line)
    .toLowerCase()
    .replace(/[آأإٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
    .replaceAll('’', "'")
    .replace(OUTER_BULLET, '');
}

/** A folded line without the counts and symbols around its words: "Comments (3)" and "» comments" are one phrase. */
export function phraseKey(folded: string): string {
  return folded.replace(OUTER_SYMBOLS, '');
}
