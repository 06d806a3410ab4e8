import type { TextSpan } from '../domain/passage.js';
import { countWords } from './count-words.js';
import { type EndMark, isSentenceEnd } from './is-sentence-end.js';
import { splitLongSpan } from './split-long-span.js';

/** A sentence under this is joined to a neighbour: it says too little on its own. */
const MIN_SENTENCE_WORDS = 5;
/** Over this, a sentence is cut at clause marks. */
const MAX_SENTENCE_WORDS = 100;

/** Widths of a line in a column of text. */
const MIN_WRAPPED_CHARACTERS = 60;
const MAX_WRAPPED_CHARACTERS = 130;
const LINE_CLOSES = /[.?!؟؛…:\u06D4][”»)\]"’'›}]*$/u;

/** Line ends; or end marks, then what closes with them, marks that cannot be seen, and combining marks. */
const BOUNDARY = /\n|([.?!؟؛…\u06D4]+)[”»)\]"’'›}\p{M}\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFE0F]*/gu;

/**
 * Splits a text into sentences at . ؟ ? ! ؛ … and line ends (not where a column of text only turns), never at ، or ;, nor inside abbreviations, initials,
 * numbers and addresses. Quotes and brackets that close after the mark stay with the sentence. A sentence under
 * 5 words joins the one after it (the last joins the one before); one over 100 words is cut at clause marks.
 *
 * @returns Rising spans that cover all but the blanks between them; none for a blank text, else at least one.
 *   No span starts or ends inside a surrogate pair or before a combining mark.
 * Cost: linear in the length.
 */
export function splitSentences(text: string): TextSpan[] {
  const whole = trimSpan(text, 0, text.length);
  if (whole === undefined) return [];
  return mergeShort(text, cutAtEnds(text)).flatMap((span) => splitLongSpan(text, span, MAX_SENTENCE_WORDS));
}

function cutAtEnds(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  let start = 0;
  const close = (end: number) => {
    const span = trimSpan(text, start, end);
    if (span !== undefined) spans.push(span);
    start = end;
  };
  for (const match of text.matchAll(BOUNDARY)) {
    const end = match.index + match[0].length;
    const marks = match[1];
    if (marks === undefined) {
      if (!isWrap(text, match.index)) close(end);
      continue;
    }
    const mark: EndMark = { start: match.index, marksEnd: match.index + marks.length, end };
    if (isSentenceEnd(text, mark)) close(end);
  }
  close(text.length);
  return spans;
}

/** Whether a line end is only where a column of text turned: after a long line that stops in mid-sentence. */
function isWrap(text: string, lineEnd: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', lineEnd - 1) + 1, lineEnd).trim();
  if (line.length < MIN_WRAPPED_CHARACTERS || line.length > MAX_WRAPPED_CHARACTERS) return false;
  return (
    !LINE_CLOSES.test(line.slice(-12)) &&
    /^[^\S\n]*[\p{L}\p{N}«“"(]/u.test(text.slice(lineEnd + 1, lineEnd + 20))
  );
}

function trimSpan(text: string, start: number, end: number): TextSpan | undefined {
  const slice = text.slice(start, end);
  const trimmed = slice.trim();
  if (trimmed === '') return undefined;
  const from = start + (slice.length - slice.trimStart().length);
  return { start: from, end: from + trimmed.length };
}

function mergeShort(text: string, spans: readonly TextSpan[]): TextSpan[] {
  const merged: TextSpan[] = [];
  let open: { start: number; words: number } | undefined;
  let lastEnd = 0;
  for (const span of spans) {
    const words = countWords(text.slice(span.start, span.end)) + (open?.words ?? 0);
    const start = open?.start ?? span.start;
    lastEnd = span.end;
    if (words < MIN_SENTENCE_WORDS) {
      open = { start, words };
    } else {
      merged.push({ start, end: span.end });
      open = undefined;
    }
  }
  if (open !== undefined) {
    const previous = merged.pop();
    merged.push({ start: previous?.start ?? open.start, end: lastEnd });
  }
  return merged;
}
