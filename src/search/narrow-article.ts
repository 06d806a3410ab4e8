import type { SearchFilter } from '../domain/search-filter.js';
import type { StoredArticle } from '../storage/article-store.js';
import { matchesFilter } from '../storage/matches-filter.js';

/**
 * What of an article lies within `allowed`: the article with the passages that do.
 * @param allowed  Null: everything may be seen.
 * @returns Null when nothing of it does
 */
export function narrowArticle(article: StoredArticle, allowed: SearchFilter | null): StoredArticle | null {
  if (allowed === null) return article;
  const { id: articleId, passages } = article;
  const isAdmitted = ({ language }: Pick<StoredArticle, 'language'>) =>
    matchesFilter(allowed, { ...article, articleId, language });
  const admitted = passages.filter(isAdmitted);
  const isSeen = passages.length === 0 ? isAdmitted(article) : admitted.length > 0;
  return isSeen ? { ...article, passages: admitted } : null;
}
