import { describe, expect, test } from 'vitest';
import { toPageCursor } from '../../../src/http/page-cursor.js';
import { parseArticleListParameters } from '../../../src/http/parse-article-list-parameters.js';

describe('parseArticleListParameters', () => {
  test('asks for the first 20 of all articles by default', () => {
    expect(parseArticleListParameters('')).toEqual({ limit: 20 });
  });

  test('reads everything that narrows the list, and where the page begins', () => {
    const search = `limit=5&cursor=${toPageCursor('a/b')}&language=ar&tag=a,b&source=api&published_from=2024`;
    expect(parseArticleListParameters(search)).toEqual({
      limit: 5,
      after: 'a/b',
      language: 'ar',
      filter: {
        type: 'and',
        filters: [
          { type: 'in', key: 'tags', values: ['a,b'] },
          { type: 'in', key: 'source', values: ['api'] },
          { type: 'in', key: 'publishedAt', periods: [{ startMs: Date.UTC(2024, 0), endMs: 8.64e15 }] },
        ],
      },
    });
  });

  test('takes all of a day that the list goes to', () => {
    const { filter } = parseArticleListParameters('published_to=2024-03-01');
    expect(filter).toMatchObject({ filters: [{ periods: [{ endMs: Date.UTC(2024, 2, 2) }] }] });
  });
});
