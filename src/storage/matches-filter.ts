import type { Language } from '../domain/language.js';
import type { FilterCondition, SearchFilter, TextFilterKey } from '../domain/search-filter.js';
import { readIsoDate } from '../text/read-iso-date.js';

/** What of an article filters look at. */
export interface FilteredArticle {
  readonly id: string;
  readonly source: string;
  readonly tags: readonly string[];
  readonly publishedAt: string | null;
  readonly language: Language;
}

/** Whether a filter admits an article's passages. Cost: a step for every value of the filter. */
export function matchesFilter(filter: SearchFilter, article: FilteredArticle): boolean {
  switch (filter.type) {
    case 'and':
      return filter.filters.every((inner) => matchesFilter(inner, article));
    case 'or':
      return filter.filters.some((inner) => matchesFilter(inner, article));
    case 'in':
      return hasOneOf(filter, article);
    case 'nin':
      return !hasOneOf(filter, article);
  }
}

/**
 * The instant from which an article counts as published: the beginning of the day, month or year that it names.
 * @returns Milliseconds since 1970 UTC; null without a date, or with one that does not exist
 */
export function publishedMs(publishedAt: string | null): number | null {
  return publishedAt === null ? null : (readIsoDate(publishedAt)?.startMs ?? null);
}

function hasOneOf(condition: FilterCondition, article: FilteredArticle): boolean {
  if (condition.key !== 'publishedAt') {
    return textsOf(article, condition.key).some((text) => condition.values.includes(text));
  }
  const instant = publishedMs(article.publishedAt);
  return (
    instant !== null && condition.periods.some(({ startMs, endMs }) => instant >= startMs && instant < endMs)
  );
}

function textsOf(article: FilteredArticle, key: TextFilterKey): readonly string[] {
  switch (key) {
    case 'tags':
      return article.tags;
    case 'source':
      return [article.source];
    case 'articleId':
      return [article.id];
    case 'language':
      return [article.language];
  }
}
