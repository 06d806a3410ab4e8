import type { IncomingMessage } from 'node:http';
import accepts from 'accepts';
import type { Language } from '../domain/language.js';
import type { UiWords } from './words/ui-words.js';
import { WORDS_AR } from './words/words-ar.js';
import { WORDS_EN } from './words/words-en.js';

const WORDS: Readonly<Record<Language, UiWords>> = { ar: WORDS_AR, en: WORDS_EN };

/** The language that a page is written in, and what its links must say to keep it. */
export interface UiContext {
  readonly words: UiWords;
  /** Whether it was chosen by `?ui=`; else it follows the browser. */
  readonly chosen: boolean;
  /** The path of the page, as it was asked for. */
  readonly path: string;
  /** Its parameters, `ui` left out. */
  readonly parameters: URLSearchParams;
}

/** @param search  What stands after `?`, encoded. */
export function readUiContext(req: IncomingMessage, path: string, search: string): UiContext {
  const parameters = new URLSearchParams(search);
  const wanted = parameters.get('ui');
  parameters.delete('ui');
  const chosen = wanted === 'ar' || wanted === 'en' ? wanted : null;
  const lang = chosen ?? (accepts(req as Parameters<typeof accepts>[0]).language(['en', 'ar']) || 'en');
  return { words: lang === 'ar' ? WORDS.ar : WORDS.en, chosen: chosen !== null, path, parameters };
}

/** A link to another page that keeps the language of the interface. @param path  Encoded already. */
export function linkTo(
  { chosen, words }: UiContext,
  path: string,
  parameters: Readonly<Record<string, string | number | null>> = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== '') search.set(name, String(value));
  }
  if (chosen) search.set('ui', words.lang);
  return search.size === 0 ? path : `${path}?${search}`;
}

/** An address of this service in the language of the interface, where that was chosen. @param address  Path and parameters. */
export function inChosenLanguage({ chosen, words }: UiContext, address: string): string {
  if (!chosen) return address;
  const at = address.indexOf('?');
  const path = at === -1 ? address : address.slice(0, at);
  const parameters = new URLSearchParams(at === -1 ? '' : address.slice(at + 1));
  parameters.set('ui', words.lang);
  return `${path}?${parameters}`;
}

/** The same page in the other language. */
export function otherLanguageLink({ words, path, parameters }: UiContext): string {
  const search = new URLSearchParams(parameters);
  search.set('ui', words.otherLanguage.lang);
  return `${path}?${search}`;
}
