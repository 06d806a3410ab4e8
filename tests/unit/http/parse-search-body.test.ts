import { describe, expect, test } from 'vitest';
import { FihristError } from '../../../src/domain/errors.js';
import { parseSearchBody } from '../../../src/http/parse-search-body.js';

function refusal(body: unknown): FihristError {
  try {
    parseSearchBody(body);
  } catch (error) {
    if (error instanceof FihristError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('parseSearchBody', () => {
  test('fills in the defaults', () => {
    expect(parseSearchBody({ query: 'لماذا ننام؟' })).toEqual({
      query: 'لماذا ننام؟',
      limit: 10,
      offset: 0,
      mode: 'hybrid',
      diversity: 0,
      explain: false,
    });
  });

  test('takes every field that there is', () => {
    const body = {
      query: 'sleep',
      limit: 100,
      offset: 900,
      mode: 'dense',
      languages: ['en', 'ar', 'en'],
      filters: { type: 'ne', key: 'article_id', value: 'a' },
      group_by: 'article',
      diversity: 0.25,
      explain: true,
    };
    expect(parseSearchBody(body)).toEqual({
      query: 'sleep',
      limit: 100,
      offset: 900,
      mode: 'dense',
      languages: ['en', 'ar'],
      filters: { type: 'nin', key: 'articleId', values: ['a'] },
      groupBy: 'article',
      diversity: 0.25,
      explain: true,
    });
  });

  test.each(['hybrid', 'dense', 'keyword'])('takes the mode %s', (mode) => {
    expect(parseSearchBody({ query: 'a', mode }).mode).toBe(mode);
  });

  test.each([
    [null, 'null'],
    [['query'], 'an array of 1'],
    ['query', 'a string'],
    [7, '7'],
    [true, 'true'],
  ])('refuses %j, which is not an object', (body, name) => {
    const error = refusal(body);
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toBe(`The request body must be a JSON object, not ${name}.`);
  });

  test.each(['filter', 'topK', '__proto__', 'constructor', 'toString'])(
    'refuses the unknown field %s',
    (name) => {
      const error = refusal(JSON.parse(`{"query": "a", "${name}": 1}`));
      expect(error.code).toBe('UNKNOWN_FIELD');
      expect(error.message).toBe(
        `There is no field "${name}"; known fields: query, limit, offset, mode, languages, filters, group_by, diversity, explain.`,
      );
      expect(error.details).toEqual({
        field: name,
        known: [
          'query',
          'limit',
          'offset',
          'mode',
          'languages',
          'filters',
          'group_by',
          'diversity',
          'explain',
        ],
      });
    },
  );

  test.each([
    ['query', 7, 'a string'],
    ['query', null, 'a string'],
    ['query', ['a'], 'a string'],
    ['limit', 0, 'a whole number from 1 to 100'],
    ['limit', 101, 'a whole number from 1 to 100'],
    ['limit', 2.5, 'a whole number from 1 to 100'],
    ['limit', '10', 'a whole number from 1 to 100'],
    ['limit', null, 'a whole number from 1 to 100'],
    ['limit', Number.POSITIVE_INFINITY, 'a whole number from 1 to 100'],
    ['offset', -1, 'a whole number from 0 to 999'],
    ['offset', 1_000, 'a whole number from 0 to 999'],
    ['offset', true, 'a whole number from 0 to 999'],
    ['mode', 'sparse', '"hybrid", "dense" or "keyword"'],
    ['mode', null, '"hybrid", "dense" or "keyword"'],
    ['group_by', 'passage', '"article"'],
    ['group_by', ['article'], '"article"'],
    ['group_by', null, '"article"'],
    ['diversity', -0.01, 'a number from 0 to 1'],
    ['diversity', 1.01, 'a number from 0 to 1'],
    ['diversity', '0.5', 'a number from 0 to 1'],
    ['diversity', Number.POSITIVE_INFINITY, 'a number from 0 to 1'],
    ['explain', 1, 'true or false'],
    ['explain', 'true', 'true or false'],
    ['languages', [], 'an array with "ar", "en" or both'],
    ['languages', 'ar', 'an array with "ar", "en" or both'],
    ['languages', {}, 'an array with "ar", "en" or both'],
  ])('refuses %s = %j and says what is allowed', (field, value, allowed) => {
    const error = refusal({ query: 'a', [field]: value });
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message.startsWith(`${field} must be ${allowed}, not `)).toBe(true);
    expect(error.details).toMatchObject({ field, allowed });
  });

  test('names the item of an array that is wrong', () => {
    const error = refusal({ query: 'a', languages: ['ar', 'fr'] });
    expect(error.message).toBe('languages must be an array with "ar", "en" or both; languages[1] is "fr".');
    expect(error.details).toMatchObject({ field: 'languages[1]', value: 'fr' });
  });

  test('says that the query is missing', () => {
    expect(refusal({ limit: 5 }).message).toBe('query is missing; it must be a string.');
  });

  test('refuses a page beyond the last rank and shows the sum', () => {
    const error = refusal({ query: 'a', offset: 950, limit: 51 });
    expect(error.message).toBe('offset + limit must be at most 1000, not 950 + 51 = 1001.');
    expect(error.details).toEqual({ field: 'offset', limit: 1_000, value: 1_001 });
  });

  test.each(['', '   ', '؟!…', '\u200F'])('refuses %j, a query with nothing to search for', (query) => {
    expect(refusal({ query }).code).toBe('QUERY_EMPTY');
  });

  test('refuses a query over the limit with both numbers', () => {
    const error = refusal({ query: 'س'.repeat(10_001) });
    expect(error.code).toBe('QUERY_TOO_LONG');
    expect(error.details).toMatchObject({ limit: 10_000, value: 10_001 });
  });

  test.each([null, 'tags=science', [], 7])('refuses filters = %j, which is no filter', (filters) => {
    const error = refusal({ query: 'a', filters });
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toMatch(/^filters must be a condition \{type, key, value\} or a group/);
    expect(error.details).toMatchObject({ field: 'filters' });
  });

  test('names the place in a filter that is wrong', () => {
    const tagged = { type: 'eq', key: 'tags', value: 'x' };
    const filters = { type: 'and', filters: [tagged, { ...tagged, value: 7 }] };
    const error = refusal({ query: 'a', filters });
    expect(error.message).toBe('filters.filters[1].value must be a string, not 7.');
    expect(error.details).toEqual({ field: 'filters.filters[1].value', allowed: 'a string', value: 7 });
  });

  test('refuses a filter that is nested thousands deep, without walking into it', () => {
    const open = '{"type": "and", "filters": [';
    const body: unknown = JSON.parse(
      `{"query": "a", "filters": ${open.repeat(20_000)}${']}'.repeat(20_000)}}`,
    );
    expect(refusal(body).details).toMatchObject({ limit: 5, value: 6 });
  });

  test('refuses deep nesting without walking into it', () => {
    const deep: unknown = JSON.parse(`{"query": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    expect(refusal(deep).message).toBe('query must be a string, not an array of 1.');
  });
});
