import type { TextSpan } from '../domain/passage.js';
import { countWords } from './count-words.js';

/** No part gets fewer words than this. */
const MIN_PART_WORDS = 12;
/** A clause mark with its closing quotes, before a blank: "1,000" is no clause. */
const CLAUSE_END = /[؛;،,:–—][”»)\]"’']*(?=\s)/g;

/**
 * Cuts a span of over `maxWords` words at the clause mark nearest its middle, and its parts again while they are longer.
 * A span without a clause mark stays whole: the limit is a wish.
 */
export function splitLongSpan(text: string, span: TextSpan, maxWords: number): TextSpan[] {
  const slice = text.slice(span.start, span.end);
  if (slice.length < maxWords * 2 || countWords(slice) <= maxWords) return [span];
  const cut = middleClauseEnd(slice);
  if (cut === undefined) return [span];
  const rest = slice.slice(cut);
  const left = { start: span.start, end: span.start + cut };
  const right = { start: span.end - rest.trimStart().length, end: span.end };
  return [...splitLongSpan(text, left, maxWords), ...splitLongSpan(text, right, maxWords)];
}

function middleClauseEnd(slice: string): number | undefined {
  const middle = slice.length / 2;
  let best: number | undefined;
  for (const match of slice.matchAll(CLAUSE_END)) {
    const end = match.index + match[0].length;
    if (best === undefined || Math.abs(end - middle) < Math.abs(best - middle)) best = end;
  }
  if (best === undefined) return undefined;
  const shorter = best < middle ? slice.slice(0, best) : slice.slice(best);
  return countWords(shorter) < MIN_PART_WORDS ? undefined : best;
}
