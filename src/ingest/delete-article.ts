import type { ArticleId } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { describeValue, quoteValue } from '../text/describe-value.js';
import { applyChange } from './apply-change.js';
import type { IngestDependencies } from './ingest-dependencies.js';
import type { WriteOptions } from './write-article.js';

export interface DeleteOptions extends Pick<WriteOptions, 'signal' | 'beforeChange'> {
  readonly lastingSource: string;
}

/**
 * Takes one article out of the archive. When it resolves, that is on disk and no search finds the article.
 *
 * @param options.lastingSource  Collection that would bring the article back by itself: of this one nothing is deleted.
 * @param options.signal, options.beforeChange  See writeArticle.
 * @throws ARTICLE_NOT_FOUND, ARTICLE_OF_CORPUS (caller); what the store and the index throw
 */
export function deleteArticle(
  id: ArticleId,
  { centring, store, index, locks }: IngestDependencies,
  { lastingSource, signal, beforeChange }: DeleteOptions,
): Promise<void> {
  const remove = async () => {
    const state = await store.articleState(id);
    if (state === null) throw articleNotFound(id);
    const { source, originFile } = state;
    if (source === lastingSource) {
      throw new FihristError(
        'ARTICLE_OF_CORPUS',
        `The article ${quoteValue(id)} comes from ${originFile} of the collection "${source}", which would bring it back; remove it there.`,
        { details: { id: describeValue(id), source, file: originFile } },
      );
    }
    signal?.throwIfAborted();
    beforeChange?.();
    await applyChange(await store.removeArticles([id]), [], centring, index);
  };
  return locks.run(id, remove, signal);
}

/** The refusal of an id that no article has. */
export function articleNotFound(id: ArticleId): FihristError {
  return new FihristError('ARTICLE_NOT_FOUND', `No article has the id ${quoteValue(id)}.`, {
    details: { id: describeValue(id) },
  });
}
