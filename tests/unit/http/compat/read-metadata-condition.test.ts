import { describe, expect, test } from 'vitest';
import type { FihristError } from '../../../../src/domain/errors.js';
import { readRetrievalBody } from '../../../../src/http/compat/dify/read-retrieval-body.js';
import { readSearchFilter } from '../../../../src/search/read-search-filter.js';

function filterOf(condition: unknown) {
  return readRetrievalBody({ knowledge_id: 'fihrist', query: 'x', metadata_condition: condition }).request
    .filters;
}

const one = (name: unknown, operator: string, value?: unknown) => ({
  conditions: [{ name, comparison_operator: operator, ...(value === undefined ? {} : { value }) }],
});

function refusal(condition: unknown): FihristError {
  try {
    filterOf(condition);
  } catch (error) {
    return error as FihristError;
  }
  throw new Error('it was not refused');
}

describe('a metadata condition of Dify', () => {
  test.each([
    ['language', 'is', 'ar', 'eq', 'ar'],
    ['language', '=', 'ar', 'eq', 'ar'],
    ['language', 'is not', 'ar', 'ne', 'ar'],
    ['source', '≠', 'notes', 'ne', 'notes'],
    ['source', 'in', ['notes', 'news'], 'in', ['notes', 'news']],
    ['source', 'in', 'notes, news,', 'in', ['notes', 'news']],
    ['article_id', 'not in', ['a'], 'nin', ['a']],
    ['tags', 'contains', 'نوم', 'eq', 'نوم'],
    ['tags', 'not contains', 'نوم', 'ne', 'نوم'],
    ['published_at', 'after', '2024-03', 'gt', '2024-03'],
    ['published_at', '>', '2024-03', 'gt', '2024-03'],
    ['published_at', '≥', 1_709_251_200, 'gte', '2024-03-01T00:00:00.000Z'],
    ['published_at', 'before', '2024', 'lt', '2024'],
    ['published_at', '≤', '2024', 'lte', '2024'],
    ['published_at', 'in', '2023,2024', 'in', ['2023', '2024']],
  ])('on %s: %s %j', (name, operator, value, type, inner) => {
    const expected = readSearchFilter({ type, key: name, value: inner }, 'filters');
    expect(filterOf(one(name, operator, value))).toEqual(expected);
  });

  test('tells dated articles from others', () => {
    const dated = readSearchFilter({ type: 'gte', key: 'published_at', value: '0000' }, 'filters');
    expect(filterOf(one('published_at', 'not empty'))).toEqual(dated);
    expect(filterOf(one('published_at', 'empty'))).toEqual({ ...dated, type: 'nin' });
  });

  test('may name its field in an array, as older documents say', () => {
    expect(filterOf(one(['tags'], 'contains', 'x'))).toEqual(filterOf(one('tags', 'contains', 'x')));
    expect(refusal(one(['tags', 'source'], 'is', 'x')).message).toContain(
      'metadata_condition.conditions[0].name must be the name of one field',
    );
  });

  test.each([['and'], ['or'], [null]])('is joined by %s', (operator) => {
    const condition = { name: 'tags', comparison_operator: 'contains', value: 'x' };
    const both = { logical_operator: operator, conditions: [condition, { ...condition, value: 'y' }] };
    expect(filterOf(both)).toEqual({
      type: operator ?? 'and',
      filters: [
        { type: 'in', key: 'tags', values: ['x'] },
        { type: 'in', key: 'tags', values: ['y'] },
      ],
    });
  });

  test.each([[null], [{}], [{ conditions: [] }], [{ logical_operator: 'and', conditions: null }]])(
    'is none in %j',
    (condition) => {
      expect(filterOf(condition)).toBeUndefined();
    },
  );

  test.each([
    [
      one('author', 'is', 'x'),
      'name must be one of language, source, article_id, tags, published_at, not "author".',
    ],
    [one('__proto__', 'is', 'x'), 'name must be one of language,'],
    [
      one('source', 'start with', 'x'),
      'comparison_operator must be one of is, =, is not, ≠, in, not in for "source", not "start with".',
    ],
    [one('tags', 'empty'), 'comparison_operator must be one of is,'],
    [one('tags', '>', 'x'), 'comparison_operator must be one of is,'],
    [one('published_at', 'contains', '2024'), 'comparison_operator must be one of is,'],
    [
      one('tags', 'like', 'x'),
      'comparison_operator must be one of Dify\'s comparison operators, not "like".',
    ],
    [one('tags', 'is'), 'value is missing; it must be a string.'],
    [one('tags', 'is', 7), 'value must be a string, not 7.'],
    [one('language', 'is', 'fr'), 'value must be "ar" or "en", not "fr".'],
    [one('published_at', 'before', 'yesterday'), 'value must be an ISO 8601 date'],
    [one('published_at', 'before', 1e20), 'value must be an ISO 8601 date'],
  ])('is refused as %j, saying where and why', (condition, message) => {
    const error = refusal(condition);
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toContain(`metadata_condition.conditions[0].${message}`);
  });
});
