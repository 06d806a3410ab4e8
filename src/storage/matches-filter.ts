import type { Language } from '../domain/language.js';
import type { FilterCondition, SearchFilter, TextFilterKey } from '../domain/search-filter.js';
import { readIsoDate } from '../text/read-iso-date.js';

/** What filters look at: a passage's language, and of its article the rest. */
export interface FilteredPassage {
  readonly articleId: string;
  readonly source: string;
  readonly tags: readonly string[];
  readonly publishedAt: string | null;
  readonly language: Language;
}

/** Whether a filter admits a passage. Cost: a step for every value of the filter. */
export function matchesFilter(filter: SearchFilter, passage: FilteredPassage): boolean {
  switch (filter.type) {
    case 'and':
      return filter.filters.every((inner) => matchesFilter(inner, passage));
    case 'or':
      return filter.filters.some((inner) => matchesFilter(inner, passage));
    case 'in':
      return hasOneOf(filter, passage);
    case 'nin':
      return !hasOneOf(filter, passage);
  }
}

/**
 * The instant from which an article counts as published: the beginning of the day, month or year that it names.
 * @returns Milliseconds since 1970 UTC; null without a date, or with one that does not exist
 */
export function publishedMs(publishedAt: string | null): number | null {
  return publishedAt === null ? null : (readIsoDate(publishedAt)?.startMs ?? null);
}

function hasOneOf(condition: FilterCondition, passage: FilteredPassage): boolean {
  if (condition.key !== 'publishedAt') {
    return textsOf(passage, condition.key).some((text) => condition.values.includes(text));
  }
  const instant = publishedMs(passage.publishedAt);
  return (
    instant !== null && condition.periods.some(({ startMs, endMs }) => instant >= startMs && instant < endMs)
  );
}

function textsOf(passage: FilteredPassage, key: TextFilterKey): readonly string[] {
  switch (key) {
    case 'tags':
      return passage.tags;
    case 'source':
      return [passage.source];
    case 'articleId':
      return [passage.articleId];
    case 'language':
      return [passage.language];
  }
}
