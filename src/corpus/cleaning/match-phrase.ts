import type { DropReason } from '../../domain/article.js';
import { foldLine, phraseKey } from './fold-line.js';
import type { PhraseBook } from './phrase-book.js';
import { ARABIC_PHRASES, ARABIC_SECTION_NAMES } from './phrases-ar.js';
import { ENGLISH_PHRASES, ENGLISH_SECTION_NAMES } from './phrases-en.js';

const PHRASES = new Map([...entries(ARABIC_PHRASES), ...entries(ENGLISH_PHRASES)]);
const SECTION_NAMES = new Set(
  [...ARABIC_SECTION_NAMES, ...ENGLISH_SECTION_NAMES].map((name) => phraseKey(foldLine(name))),
);

/** Why a line with this key (see `phraseKey`) is never the article; undefined when it is no known phrase. */
export function matchPhrase(key: string): DropReason | undefined {
  return PHRASES.get(key);
}

/** Tells whether a key names a section of a site, which only its company shows to be a menu. */
export function isSectionName(key: string): boolean {
  return SECTION_NAMES.has(key);
}

function entries(book: PhraseBook): [string, DropReason][] {
  return Object.entries(book).flatMap(([reason, phrases]) =>
    phrases.map((phrase): [string, DropReason] => [phraseKey(foldLine(phrase)), reason as DropReason]),
  );
}
