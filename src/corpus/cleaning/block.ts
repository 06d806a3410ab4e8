import { countWords } from '../../text/count-words.js';
import { foldLine, phraseKey } from './fold-line.js';

/** Over this a line without an end mark is still prose: a cut paragraph, not a headline. */
const MAX_HEADLINE_WORDS = 30;
/** From here on, a line with two commas is prose too. */
const MIN_COMMA_PROSE_WORDS = 18;
const BULLET = /^\s*(?:[•·▪●○◦■□►▶]|[*\-–—](?=\s))\s*\S/;
const CLOSERS = /[\s”»)\]"’'›\u200B-\u200F\u202A-\u202E\u2066-\u2069]+$/;
/** One full stop ends prose; two or three, a question or an exclamation end headlines too. */
const STRONG_END = /(?:^|[^.…])[.۔؛]$/;
const ANY_END = /[.۔؛…?؟!]$/;
const INNER_END = /[.۔؛?؟!][”»)\]"’']*\s/;

/** A line (or a few wrapped lines) of raw text, with what the rules of cleaning ask about it. */
export interface Block {
  /** The author's text without outer blanks. */
  readonly text: string;
  /** First line in the raw text, from 1. */
  readonly line: number;
  /** For comparing; empty when the line is too long for any phrase. */
  readonly folded: string;
  /** `folded` without counts and symbols around it. */
  readonly key: string;
  readonly words: number;
  readonly isBulleted: boolean;
  /** Ends as a sentence of prose does. */
  readonly isClosed: boolean;
  /** Prose: closed, or too long for a headline, or an introduction that ends with a colon. */
  readonly isProse: boolean;
  /** No blank line parts it from the block before. */
  readonly followsDirectly: boolean;
}

/** Measures one block. */
export function describeBlock(given: {
  readonly text: string;
  readonly line: number;
  readonly followsDirectly: boolean;
}): Block {
  const text = given.text.trim();
  const tail = text.slice(-12).replace(CLOSERS, '');
  const words = countWords(text);
  const isClosed = STRONG_END.test(tail);
  const folded = foldLine(text);
  return {
    text,
    line: given.line,
    folded,
    key: phraseKey(folded),
    words,
    isBulleted: BULLET.test(text.slice(0, 8)),
    isClosed,
    isProse: isClosed || words > MAX_HEADLINE_WORDS || isOpenProse(text, tail, words),
    followsDirectly: given.followsDirectly,
  };
}

function isOpenProse(text: string, tail: string, words: number): boolean {
  if (tail.endsWith(':')) return words >= 6;
  if (words >= MIN_COMMA_PROSE_WORDS && (text.match(/[،,]/g)?.length ?? 0) >= 2) return true;
  return ANY_END.test(tail) && words >= 10 && INNER_END.test(text);
}
