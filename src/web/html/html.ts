import { neutraliseText } from './neutralise-text.js';

/** A piece of HTML that is safe to send: made by `html` alone, out of our own markup and escaped values. */
export class Html {
  readonly #markup: string;

  /** @param made  Only this file can make one: nothing else has the key. */
  constructor(made: typeof MADE_HERE, markup: string) {
    if (made !== MADE_HERE) throw new TypeError('HTML is made by the html tag alone');
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

const MADE_HERE = Symbol('made by html');

/** What can stand in a template. Nothing is written for null, undefined and false. */
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * Makes HTML: what is written in the template stays, every value that is put into it is escaped, for text and for
 * attributes in quotes alike, and loses the characters that turn the text around it. Put no value where a script, a
 * style, an attribute's name or an attribute without quotes would be.
 */
export function html(template: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = template[0] ?? '';
  for (const [i, value] of values.entries()) markup += toMarkup(value) + (template[i + 1] ?? '');
  return new Html(MADE_HERE, markup);
}

function toMarkup(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (Array.isArray(value)) return value.map(toMarkup).join('');
  return neutraliseText(String(value)).replace(/[&<>"'`]/g, (character) => ESCAPES[character] ?? '');
}
