import { describe, expect, it } from 'vitest';
import { FihristError } from '../../../src/domain/errors.js';
import { readSearchFilter } from '../../../src/search/read-search-filter.js';

function refusal(given: unknown): FihristError {
  try {
    readSearchFilter(given, 'filters');
  } catch (error) {
    if (error instanceof FihristError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const tagged = { type: 'eq', key: 'tags', value: 'x' };

/** A condition in groups: `depth` 1 is the condition alone. */
function nested(depth: number): unknown {
  return depth === 1 ? tagged : { type: 'and', filters: [nested(depth - 1)] };
}

describe('readSearchFilter', () => {
  it.each([
    ['eq', 'x', 'in', ['x']],
    ['ne', 'x', 'nin', ['x']],
    ['in', ['x', 'y'], 'in', ['x', 'y']],
    ['nin', ['x', 'y'], 'nin', ['x', 'y']],
  ])('says %s in one of two words', (type, value, inner, values) => {
    expect(readSearchFilter({ type, key: 'tags', value }, 'filters')).toEqual({
      type: inner,
      key: 'tags',
      values,
    });
  });

  it('knows the keys by their names inside', () => {
    expect(readSearchFilter({ ...tagged, key: 'article_id' }, 'filters')).toMatchObject({ key: 'articleId' });
    expect(readSearchFilter({ ...tagged, key: 'source' }, 'filters')).toMatchObject({ key: 'source' });
    expect(readSearchFilter({ type: 'ne', key: 'language', value: 'ar' }, 'filters')).toEqual({
      type: 'nin',
      key: 'language',
      values: ['ar'],
    });
  });

  it('reads dates as periods', () => {
    const startMs = Date.UTC(2024, 1, 29);
    const endMs = Date.UTC(2024, 2, 1);
    expect(readSearchFilter({ type: 'ne', key: 'published_at', value: '2024-02-29' }, 'filters')).toEqual({
      type: 'nin',
      key: 'publishedAt',
      periods: [{ startMs, endMs }],
    });
    const value = ['2024-02-29', '2024-03-01T01:00:00+01:00'];
    expect(readSearchFilter({ type: 'in', key: 'published_at', value }, 'filters')).toEqual({
      type: 'in',
      key: 'publishedAt',
      periods: [
        { startMs, endMs },
        { startMs: endMs, endMs: endMs + 1 },
      ],
    });
  });

  it('takes 5 levels, and refuses the sixth by its path', () => {
    expect(readSearchFilter(nested(5), 'filters')).toMatchObject({ type: 'and' });
    const error = refusal(nested(6));
    const path = 'filters.filters[0].filters[0].filters[0].filters[0].filters[0]';
    expect(error.message).toBe(`${path} is 6 deep; at most 5 are allowed.`);
    expect(error.details).toEqual({ field: path, limit: 5, value: 6 });
  });

  it('takes 100 conditions in all, and refuses more with both numbers', () => {
    const half = { type: 'or', filters: Array.from({ length: 50 }, () => tagged) };
    expect(readSearchFilter({ type: 'and', filters: [half, half] }, 'filters')).toMatchObject({
      type: 'and',
    });
    const error = refusal({ type: 'and', filters: [half, half, tagged] });
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toBe('filters has 101 conditions; at most 100 are allowed.');
    expect(error.details).toEqual({ field: 'filters', limit: 100, value: 101 });
  });

  it.each([
    [null, 'filters', 'null'],
    [[tagged], 'filters', 'an array of 1'],
    [{ type: 'and', filters: [tagged, 'tags=x'] }, 'filters.filters[1]', '"tags=x"'],
  ])('refuses %j, which is no filter', (given, field, shown) => {
    expect(refusal(given).message).toBe(
      `${field} must be a condition {type, key, value} or a group {type: "and" or "or", filters}, not ${shown}.`,
    );
  });

  it.each([
    [{ type: 'or' }, 'filters.filters is missing; it must be an array of at least one filter.'],
    [
      { type: 'or', filters: [] },
      'filters.filters must be an array of at least one filter, not an array of 0.',
    ],
    [
      { type: 'or', filters: tagged },
      'filters.filters must be an array of at least one filter, not an object.',
    ],
    [
      { key: 'tags', value: 'x' },
      'filters.type is missing; it must be "eq", "ne", "in", "nin", "gt", "gte", "lt", "lte", "and" or "or".',
    ],
    [
      { ...tagged, type: 'like' },
      'filters.type must be "eq", "ne", "in", "nin", "gt", "gte", "lt", "lte", "and" or "or", not "like".',
    ],
    [
      { ...tagged, key: 'author' },
      'filters.key must be "published_at", "language", "tags", "source" or "article_id", not "author".',
    ],
    [{ type: 'eq', key: 'language', value: 'fr' }, 'filters.value must be "ar" or "en", not "fr".'],
    [
      { type: 'in', key: 'language', value: ['ar', 'Arabic'] },
      'filters.value must be an array of "ar" or "en"; filters.value[1] is "Arabic".',
    ],
    [{ type: 'eq', key: 'tags' }, 'filters.value is missing; it must be a string.'],
    [{ ...tagged, value: ['x'] }, 'filters.value must be a string, not an array of 1.'],
    [{ ...tagged, type: 'in' }, 'filters.value must be an array of 1 to 1000 strings, not "x".'],
    [
      { ...tagged, type: 'in', value: [] },
      'filters.value must be an array of 1 to 1000 strings, not an array of 0.',
    ],
    [
      { ...tagged, type: 'nin', value: Array.from({ length: 1_001 }, () => 'x') },
      'filters.value must be an array of 1 to 1000 strings, not an array of 1001.',
    ],
    [
      { ...tagged, type: 'in', value: ['x', 7] },
      'filters.value must be an array of 1 to 1000 strings; filters.value[1] is 7.',
    ],
    [
      { ...tagged, type: 'gte' },
      'filters.type must be "eq", "ne", "in" or "nin" for "tags", which has no order, not "gte".',
    ],
    [
      { type: 'lt', key: 'published_at', value: '1.3.2024' },
      'filters.value must be an ISO 8601 date or date-time, such as "2024-03-01" or "2024-03-01T09:30:00Z", not "1.3.2024".',
    ],
    [
      { type: 'lt', key: 'published_at', value: 1_709_251_200 },
      'filters.value must be an ISO 8601 date or date-time, such as "2024-03-01" or "2024-03-01T09:30:00Z", not 1709251200.',
    ],
    [
      { type: 'in', key: 'published_at', value: ['2024', '2024-02-30'] },
      'filters.value must be an array with an ISO 8601 date or date-time, such as "2024-03-01" or "2024-03-01T09:30:00Z"; filters.value[1] is "2024-02-30".',
    ],
  ])('refuses %j, saying where and why', (given, message) => {
    const error = refusal(given);
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toBe(message);
    expect(error.details).toMatchObject({ field: expect.stringMatching(/^filters\./) });
  });

  it.each([
    ['{"type": "eq", "key": "tags", "value": "x", "values": []}', 'filters', 'values', 'type, key, value'],
    [
      '{"type": "eq", "key": "tags", "value": "x", "__proto__": {}}',
      'filters',
      '__proto__',
      'type, key, value',
    ],
    ['{"type": "and", "filters": [], "value": "x"}', 'filters', 'value', 'type, filters'],
    ['{"type": "or", "filters": [{"operator": "eq"}]}', 'filters.filters[0]', 'operator', 'type, key, value'],
  ])('refuses the unknown field in %s', (json, path, name, known) => {
    const error = refusal(JSON.parse(json));
    expect(error.code).toBe('UNKNOWN_FIELD');
    expect(error.message).toBe(`There is no field "${name}" in ${path}; known fields: ${known}.`);
    expect(error.details).toEqual({ field: `${path}.${name}`, known: known.split(', ') });
  });
});
