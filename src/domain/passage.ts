import type { ArticleId } from './article.js';
import type { Language } from './language.js';

declare const passageIdBrand: unique symbol;
/**
 * Names a passage by its article and its text (`<article id>:<first 10 hex digits of the text's SHA-256>`),
 * so that it survives edits elsewhere in the article. A text that an article repeats gets `-2`, `-3`, ….
 */
export type PassageId = string & { readonly [passageIdBrand]: true };

export function asPassageId(id: string): PassageId {
  return id as PassageId;
}

/** A slice `text.slice(start, end)`: UTF-16 code units, half open. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** One paragraph, or a few short ones, of an article: what is embedded, found and shown. */
export interface Passage {
  readonly id: PassageId;
  readonly articleId: ArticleId;
  /** Place in the article, from 0. */
  readonly ordinal: number;
  /** The author's text; paragraphs that were merged are joined by one blank line (`\n\n`). */
  readonly text: string;
  readonly language: Language;
  /** Spans of `text`, rising, not overlapping, covering all but blanks between them. Never empty. */
  readonly sentences: readonly TextSpan[];
}
