import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeArticle } from '../../src/ingest/write-article.js';
import { errorOf } from '../unit/http/read-error.js';
import { rawArticle, words } from '../unit/ingest/made-articles.js';
import { type ArticleService, startArticleService } from './article-service.js';

let service: ArticleService;

beforeAll(async () => {
  service = await startArticleService();
  const text = words('mill');
  await service.send('POST', '/v1/articles', [
    { id: 'a', text, published_at: '2023-12-31T23:59Z', tags: ['x', 'y'] },
    { id: 'b', text: 'منارة الميناء القديمة أضيئت أول مرة عام 1873.', published_at: '2024-06', tags: ['x'] },
    { id: 'c', text, published_at: '2025' },
    { id: 'd', text },
  ]);
  await writeArticle(rawArticle('e', text), service.archive, { sourceName: 'corpus' });
});
afterAll(() => service.stop());

interface Page {
  readonly articles: Array<{ id: string }>;
  readonly next_cursor: string | null;
}

const list = async (search = ''): Promise<Page> =>
  (await (await service.send('GET', `/v1/articles${search}`)).json()) as Page;
const idsOf = async (search = '') => (await list(search)).articles.map(({ id }) => id);

describe('GET /v1/articles', () => {
  test('lists articles by id, without their passages', async () => {
    const { articles, next_cursor: next } = await list();
    expect(articles.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(articles[0]).toEqual({
      id: 'a',
      title: '',
      url: null,
      language: 'en',
      dir: 'ltr',
      published_at: '2023-12-31T23:59Z',
      tags: ['x', 'y'],
      source: 'api',
      updated_at: expect.any(String),
      passage_count: 1,
    });
    expect(next).toBeNull();
  });

  test.each([
    ['?language=ar', ['b']],
    ['?tag=x', ['a', 'b']],
    ['?tag=x&language=en', ['a']],
    ['?source=corpus', ['e']],
    ['?published_from=2024', ['b', 'c']],
    ['?published_to=2024', ['a', 'b']],
    ['?published_from=2024-01-01&published_to=2024-12-31', ['b']],
    ['?tag=nothing', []],
  ])('narrows the list: %s', async (search, ids) => {
    expect(await idsOf(search)).toEqual(ids);
  });

  test('gives every article that stays exactly once in pages, whatever is written in between', async () => {
    const stay = ['p-1', 'p-3', 'p-5', 'p-7', 'p-9'];
    const text = words('bridge');
    await service.send(
      'POST',
      '/v1/articles',
      [...stay, 'p-4', 'p-6'].map((id) => ({ id, text, tags: ['p'] })),
    );
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null; page++) {
      const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { articles, next_cursor: next } = await list(`?tag=p&limit=2${at}`);
      expect(articles.length).toBeLessThanOrEqual(2);
      seen.push(...articles.map(({ id }) => id));
      cursor = next;
      if (page === 0) {
        await service.send('DELETE', '/v1/articles/p-4');
        await service.send('PUT', '/v1/articles/p-2', { text, tags: ['p'] });
        await service.send('PUT', '/v1/articles/p-8', { text, tags: ['p'] });
      }
      if (page === 1) await service.send('DELETE', '/v1/articles/p-6');
    }
    expect(seen.filter((id) => stay.includes(id))).toEqual(stay);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain('p-8');
    expect(seen).not.toContain('p-4');
  });

  test.each([
    ['?limit=0', 'limit'],
    ['?limit=101', 'limit'],
    ['?language=fr', 'language'],
    ['?published_from=yesterday', 'published_from'],
    ['?published_to=2024-02-30', 'published_to'],
    ['?cursor=%21', 'cursor'],
    ['?cursor=_w', 'cursor'],
    ['?tag=', 'tag'],
  ])('refuses %s, naming the parameter', async (search, field) => {
    const error = await errorOf(await service.send('GET', `/v1/articles${search}`), 400, 'INVALID_REQUEST');
    expect(error.details).toMatchObject({ field, allowed: expect.any(String) });
  });

  test('refuses a parameter that does not exist', async () => {
    await errorOf(await service.send('GET', '/v1/articles?tags=x'), 400, 'UNKNOWN_FIELD');
  });

  test('allows the methods it has, and says which', async () => {
    const response = await service.send('PATCH', '/v1/articles', {});
    await errorOf(response, 405, 'METHOD_NOT_ALLOWED');
    expect(response.headers.get('allow')).toBe('POST, GET, HEAD');
    const one = await service.send('POST', '/v1/articles/a', {});
    expect([one.status, one.headers.get('allow')]).toEqual([405, 'PUT, GET, HEAD, DELETE']);
  });
});
