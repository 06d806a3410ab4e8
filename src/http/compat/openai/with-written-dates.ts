import { FILTER_LIMITS } from '../../../search/read-search-filter.js';
import { secondsToIsoDate } from '../seconds-to-iso-date.js';

/**
 * A filter as it came in, with the numbers that stand for dates written as dates: attributes have no type for dates,
 * so callers of OpenAI write them as seconds since 1970. Whatever is wrong with a filter is left to be refused.
 */
export function withWrittenDates(filter: unknown, depth = 1): unknown {
  if (depth > FILTER_LIMITS.maxDepth || typeof filter !== 'object' || filter === null) return filter;
  const { key, value, filters } = filter as Readonly<Record<string, unknown>>;
  if (Array.isArray(filters)) {
    return { ...filter, filters: filters.map((inner: unknown) => withWrittenDates(inner, depth + 1)) };
  }
  if (key !== 'published_at') return filter;
  return { ...filter, value: Array.isArray(value) ? value.map(writtenDate) : writtenDate(value) };
}

function writtenDate(value: unknown): unknown {
  return typeof value === 'number' ? (secondsToIsoDate(value) ?? value) : value;
}
