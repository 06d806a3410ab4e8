import type { ArticleId } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';
import type { ArticleStoreReader, StoredArticle } from './article-store.js';

const REASON = 'damaged article';

/** Of an article whose text, or what it is headed by, is not what was stored: nothing of it may be passed on. */
export function damagedArticle(id: ArticleId): FihristError {
  return new FihristError(
    'STORE_UNUSABLE',
    `The article ${quoteValue(id)} is damaged in the database: send it again, or delete it. If it is in a folder, fihrist verify --repair has it read again.`,
    { details: { article: id, reason: REASON } },
  );
}

export function isDamagedArticle(error: unknown): error is FihristError {
  return error instanceof FihristError && error.details?.reason === REASON;
}

/**
 * An article as it was stored; null when there is none.
 * @throws STORE_UNUSABLE (operator) when it is damaged
 */
export async function wholeArticle(
  store: Pick<ArticleStoreReader, 'article' | 'isArticleWhole' | 'articleState'>,
  id: ArticleId,
): Promise<StoredArticle | null> {
  const article = await store.article(id);
  if (article === null || (await store.isArticleWhole(id))) return article;
  // It may have been deleted in between.
  if ((await store.articleState(id)) === null) return null;
  throw damagedArticle(id);
}
