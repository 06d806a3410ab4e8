import { createHash } from 'node:crypto';
import type { OccurrenceMark } from './bm25.js';

/** What FTS5's tokenizer would split at or fold, what would not survive UTF-8, and our own marks. */
const ESCAPED = /[^a-z0-9\u0080-\u{10ffff}]|[\p{Surrogate}\ue000\ue001]/gu;

/** FTS5 cuts tokens at 32,768 bytes, an escape is 7: longer words, which are data and not words, go by their hash. */
const LONGEST_WORD = 1_000;

/**
 * A word as FTS5 gets it: the tokenizer `ascii` keeps it in one piece and unchanged, whatever is in it.
 * Promise: other words give other tokens; letters of any script and digits stand for themselves.
 */
export function encodeToken(word: string): string {
  if (word === '') return '\ue000';
  if (word.length > LONGEST_WORD) {
    return `\ue001${createHash('sha256').update(word, 'utf16le').digest('hex')}`;
  }
  return word.replace(ESCAPED, (char) => `\ue000${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const MARK_SIGNS: Readonly<Record<OccurrenceMark, string>> = { once: '·', twice: '×', often: '¤' };

/** What tells the posting lists of one stem apart. */
export interface PostingKey {
  /** Number of the passage's fingerprint. */
  readonly fingerprint: number;
  readonly mark: OccurrenceMark;
}

export function stemToken(stem: string, { fingerprint, mark }: PostingKey): string {
  return `${fingerprint}${MARK_SIGNS[mark]}${encodeToken(stem)}`;
}

/** An FTS5 query for passages in which these words stand side by side. Tokens hold no quotes, so quoting is safe. */
export function phraseQuery(words: readonly string[]): string {
  return `"${words.map(encodeToken).join(' ')}"`;
}
