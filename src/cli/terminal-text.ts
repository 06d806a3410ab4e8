import type { Direction } from '../domain/language.js';

const RIGHT_TO_LEFT_ISOLATE = '\u2067';
const LEFT_TO_RIGHT_ISOLATE = '\u2066';
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** Control characters but tab and newline, and the bidirectional controls that would break out of an isolate. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** The text without what could steer the terminal. For people's eyes only: `--json` gives the author's own text. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '');
}

/** Hebrew, Arabic and their neighbours, with the presentation forms. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * One line of text that keeps its own direction among labels of the other. Without a direction its first letter decides.
 * Plain left-to-right text stays as it is, so that a path or a URL can be copied without invisible characters.
 * Source: Unicode Standard Annex #9, section 2.4.
 */
export function isolate(text: string, direction?: Direction): string {
  if (direction === 'rtl') return RIGHT_TO_LEFT_ISOLATE + text + POP_ISOLATE;
  if (!RIGHT_TO_LEFT.test(text)) return text;
  return (direction === 'ltr' ? LEFT_TO_RIGHT_ISOLATE : FIRST_STRONG_ISOLATE) + text + POP_ISOLATE;
}

/** A printable, isolated text on one line: for titles, ids and file names. */
export function inlineText(text: string, direction?: Direction): string {
  return isolate(printable(text).replace(/\s+/gu, ' ').trim(), direction);
}

/** A number as people read it: 1,234 or 0.87. */
export function readableNumber(value: number, decimals = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** How many of something: `1 article`, `2,000 articles`. */
export function countOf(count: number, noun: string): string {
  return `${readableNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}
