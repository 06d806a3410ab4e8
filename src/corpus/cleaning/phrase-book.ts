import type { DropReason } from '../../domain/article.js';

/** Whole lines that are never the article, by why they are not. */
export type PhraseBook = Readonly<
  Record<Exclude<DropReason, 'repeated' | 'title' | 'symbols-only'>, readonly string[]>
>;

/** Reads a list of phrases with bars between them, as the phrase books are written. */
export function phraseList(text: string): string[] {
  return text.split('|').map((phrase) => phrase.trim());
}
