import type { Language } from '../domain/language.js';

/**
 * Which way a question goes: its language → the language of what is relevant to it, `both` when that is in both.
 * `absent`: the corpus has nothing of what is relevant, so that its language is not known.
 */
export type LanguageDirection = `${Language}→${Language | 'both' | 'absent'}`;

/** @param relevant  The languages of all that is relevant, in any order, also more than once. */
export function languageDirection(asked: Language, relevant: Iterable<Language>): LanguageDirection {
  const [first, second] = new Set(relevant);
  if (first === undefined) return `${asked}→absent`;
  return second === undefined ? `${asked}→${first}` : `${asked}→both`;
}
