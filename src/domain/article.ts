import type { Language } from './language.js';

declare const articleIdBrand: unique symbol;
/** Names one article for as long as it lives: 1–512 characters, given by its author or derived from its path. */
export type ArticleId = string & { readonly [articleIdBrand]: true };

export function asArticleId(id: string): ArticleId {
  return id as ArticleId;
}

/** Where an article was read, so that a message can point at it: a file and, in JSON Lines, its line (from 1). */
export interface ArticleOrigin {
  readonly file: string;
  readonly line?: number;
}

/** An article as it came in: nothing cleaned, nothing cut, language perhaps unknown. */
export interface RawArticle {
  readonly id: ArticleId;
  readonly title?: string;
  readonly text: string;
  readonly url?: string;
  readonly language?: Language;
  /** ISO 8601 date or date-time, as given. */
  readonly publishedAt?: string;
  readonly tags: readonly string[];
  readonly origin: ArticleOrigin;
}

/** One block of an article's own text, in reading order. `text` is the author's, untouched but for its outer blanks. */
export interface Paragraph {
  readonly kind: 'heading' | 'paragraph';
  readonly text: string;
  /** First line of the block in the raw text, from 1. */
  readonly line: number;
}

/** Why a block of the raw text is not the article. */
export type DropReason =
  | 'menu'
  | 'share'
  | 'subscribe'
  | 'form'
  | 'comments'
  | 'related'
  | 'byline'
  | 'source-line'
  | 'caption'
  | 'repeated'
  | 'title'
  | 'symbols-only';

export interface DroppedBlock {
  readonly reason: DropReason;
  readonly text: string;
  readonly line: number;
}

/** An article with everything that is not the article taken out, and a list of what was taken out and why. */
export interface CleanArticle {
  readonly id: ArticleId;
  readonly title: string;
  readonly url?: string;
  readonly language: Language;
  readonly publishedAt?: string;
  readonly tags: readonly string[];
  readonly origin: ArticleOrigin;
  readonly paragraphs: readonly Paragraph[];
  readonly dropped: readonly DroppedBlock[];
}
