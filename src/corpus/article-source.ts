import type { RawArticle } from '../domain/article.js';
import type { FihristError } from '../domain/errors.js';

/**
 * One thing that a source has to say, in a stable order. A problem never ends the stream: the rest still comes.
 * `unread` names what could not be read (a file or folder): articles known from there must not be taken as removed.
 */
export type SourceItem =
  | { readonly kind: 'article'; readonly article: RawArticle }
  | { readonly kind: 'problem'; readonly error: FihristError; readonly unread: string };

/** Where articles come from. One adapter a format; a folder adapter hands each file to the adapter of its format. */
export interface ArticleSource {
  /** Streams every article once. Ids may repeat; the caller decides. @throws CORPUS_NOT_FOUND before the first item. */
  articles(signal?: AbortSignal): AsyncIterable<SourceItem>;
}
