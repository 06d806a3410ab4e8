import type { Direction } from '../../domain/language.js';
import { type Html, html } from './html.js';

const ADDRESS = String.raw`https?:\/\/[^\s«»“”"<>]+[^\s«»“”"<>.,;:!?؟،؛)\]]`;
const LATIN_WORD = String.raw`[\p{Script=Latin}][\p{Script=Latin}\p{M}\p{Nd}'’&@_.+#/-]*[\p{Script=Latin}\p{M}\p{Nd}+#]|\p{Script=Latin}`;
const LATIN = String.raw`(?:${LATIN_WORD})(?:[ \u00a0,–-]{1,2}(?:(?:${LATIN_WORD})|\p{Nd}+(?![\p{Nd}.,]*[%٪])))*`;
/** Numbers that a right-to-left line would take apart: telephone numbers, ISO dates, signed and per cent. */
const NUMBER = String.raw`\+\p{Nd}[\p{Nd} -]*\p{Nd}|\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}|[+−-]\p{Nd}[\p{Nd}.,]*|\p{Nd}[\p{Nd}.,]*[%٪]`;
const ARABIC = String.raw`[\p{Script=Arabic}][\p{Script=Arabic}\p{M}]*(?:[ \u00a0ـ-]{1,2}[\p{Script=Arabic}][\p{Script=Arabic}\p{M}]*)*`;

const FOREIGN: Readonly<Record<Direction, RegExp>> = {
  rtl: new RegExp(`(?<![\\p{L}\\p{Nd}])(?:${ADDRESS}|${LATIN}|${NUMBER})`, 'gu'),
  ltr: new RegExp(`${ADDRESS}|${ARABIC}`, 'gu'),
};

/**
 * Puts what is written the other way (Latin names and addresses in Arabic, Arabic words in English) and numbers that
 * would be taken apart into `<bdi>`, so that the punctuation around them stays on its side.
 * @param direction  Of the text around.
 */
export function isolateRuns(text: string, direction: Direction): Html {
  const pieces: Array<Html | string> = [];
  let at = 0;
  for (const { 0: run, index } of text.matchAll(FOREIGN[direction])) {
    pieces.push(text.slice(at, index), html`<bdi>${run}</bdi>`);
    at = index + run.length;
  }
  pieces.push(text.slice(at));
  return html`${pieces}`;
}
