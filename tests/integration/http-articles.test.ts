import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import { writeArticle } from '../../src/ingest/write-article.js';
import { errorOf } from '../unit/http/read-error.js';
import { rawArticle, words } from '../unit/ingest/made-articles.js';
import { type ArticleService, startArticleService } from './article-service.js';

let service: ArticleService;

beforeEach(async () => {
  service = await startArticleService();
});
afterEach(() => service.stop());

const article = (id: string, subject = id) => ({ id, title: `About ${id}`, text: words(subject) });

interface Batch {
  readonly results: Array<{
    index: number;
    line?: number;
    id: string | null;
    status: string;
    error?: object;
  }>;
  readonly counts: Record<string, number>;
}

const post = (body: unknown) => service.send('POST', '/v1/articles', body);
const put = (id: string, body: unknown) => service.send('PUT', `/v1/articles/${id}`, body);
const remove = (id: string) => service.send('DELETE', `/v1/articles/${id}`);
const putInCorpus = (id: string) =>
  writeArticle(rawArticle(id, words(id)), service.archive, { sourceName: 'corpus' });

describe('PUT /v1/articles/{id}', () => {
  test('creates, then says that nothing changed, then replaces; each is found by the next search', async () => {
    const { id: _, ...mill } = article('mill');
    const created = await put('mill', mill);
    expect([created.status, await created.json()]).toEqual([201, { id: 'mill', status: 'created' }]);
    expect(await service.found('who painted the door of the mill')).toEqual(['mill']);
    const again = await put('mill', { ...mill, id: 'mill' });
    expect([again.status, await again.json()]).toEqual([200, { id: 'mill', status: 'unchanged' }]);
    const replaced = await put('mill', { ...mill, text: words('harbour') });
    expect([replaced.status, await replaced.json()]).toEqual([200, { id: 'mill', status: 'updated' }]);
    const { passages } = (await (await service.send('GET', '/v1/articles/mill')).json()) as {
      passages: Array<{ text: string }>;
    };
    expect(passages.map(({ text }) => text)).toEqual([words('harbour')]);
  });

  test('takes ids with slashes and Arabic letters', async () => {
    const id = 'أخبار/منارة 1';
    expect((await put(encodeURIComponent(id).replace('%2F', '/'), { text: words('mill') })).status).toBe(201);
    expect(await service.found('mill')).toEqual([id]);
  });

  test('refuses another id in the body', async () => {
    const error = await errorOf(await put('mill', article('oven')), 400, 'INVALID_REQUEST');
    expect(error.details).toEqual({ field: 'id', allowed: 'mill', value: 'oven' });
  });

  test.each([
    [{ text: 7 }, 400, 'ARTICLE_INVALID'],
    [{ title: 'no text' }, 400, 'ARTICLE_INVALID'],
    [{ text: 'x', titel: 'x' }, 400, 'UNKNOWN_FIELD'],
    [{ text: ' … ' }, 400, 'ARTICLE_WITHOUT_TEXT'],
    [[{ text: 'x' }], 400, 'INVALID_REQUEST'],
    ['{"text": ', 400, 'INVALID_JSON'],
    [{ text: 'x'.repeat(70_000) }, 413, 'BODY_TOO_LARGE'],
  ])('refuses %.60j with the error that names it', async (body, status, code) => {
    await errorOf(await put('mill', body), status, code);
    expect(await service.found('mill')).toEqual([]);
  });

  test('refuses an article of the corpus folder, naming its collection', async () => {
    await putInCorpus('mill');
    const error = await errorOf(await put('mill', { text: words('oven') }), 409, 'ARTICLE_ID_DUPLICATE');
    expect(error.details).toMatchObject({ source: 'corpus', kept: 'mill.txt' });
  });
});

describe('DELETE /v1/articles/{id}', () => {
  test('takes an article out of everything before it answers', async () => {
    await post([article('mill'), article('oven')]);
    const response = await remove('mill');
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(await service.found('the mill was built by hand')).toEqual(['oven']);
    await errorOf(await service.send('GET', '/v1/articles/mill'), 404, 'ARTICLE_NOT_FOUND');
    await errorOf(await remove('mill'), 404, 'ARTICLE_NOT_FOUND');
    expect((await put('mill', { text: words('mill') })).status).toBe(201);
  });

  test('refuses an article that the corpus folder would bring back', async () => {
    await putInCorpus('mill');
    await errorOf(await remove('mill'), 409, 'ARTICLE_OF_CORPUS');
    expect(await service.found('mill')).toEqual(['mill']);
  });
});

describe('POST /v1/articles', () => {
  test('takes one article, and gives one without an id the same id every time', async () => {
    const { id: _, ...mill } = article('mill');
    const first = await post(mill);
    const { id } = (await first.json()) as { id: string };
    expect([first.status, id]).toEqual([201, expect.stringMatching(/^api-[0-9a-f]{32}$/)]);
    expect(await (await post(mill)).json()).toEqual({ id, status: 'unchanged' });
    expect(await (await post({ ...mill, tags: ['x'] })).json()).toEqual({ id, status: 'updated' });
    expect(await service.found('mill')).toEqual([id]);
  });

  test('answers one article that is wrong with its error', async () => {
    await errorOf(await post({ id: 'mill' }), 400, 'ARTICLE_INVALID');
    await errorOf(await post('"mill"'), 400, 'INVALID_REQUEST');
  });

  test('gives each of several articles a result of its own', async () => {
    await putInCorpus('tower');
    await post([article('mill'), article('oven')]);
    const response = await post([
      article('mill'),
      article('oven', 'stove'),
      { id: 'broken', text: null },
      article('tower'),
      { id: 'bridge', text: words('bridge'), published: '2024' },
      article('harbour'),
      'text',
    ]);
    expect(response.status).toBe(200);
    const { results, counts } = (await response.json()) as Batch;
    expect(results.map(({ index, id, status }) => [index, id, status])).toEqual([
      [0, 'mill', 'unchanged'],
      [1, 'oven', 'updated'],
      [2, null, 'failed'],
      [3, 'tower', 'failed'],
      [4, null, 'failed'],
      [5, 'harbour', 'created'],
      [6, null, 'failed'],
    ]);
    expect(results.map(({ error }) => error)).toMatchObject([
      undefined,
      undefined,
      { code: 'ARTICLE_INVALID', details: { field: 'text' }, link: '/docs/errors#article_invalid' },
      { code: 'ARTICLE_ID_DUPLICATE', type: 'caller', details: { source: 'corpus' } },
      { code: 'UNKNOWN_FIELD', details: { field: 'published' } },
      undefined,
      { code: 'ARTICLE_INVALID' },
    ]);
    expect(counts).toEqual({ created: 1, updated: 1, unchanged: 1, failed: 4 });
    expect((await service.found('harbour stove')).sort()).toEqual(['harbour', 'mill', 'oven', 'tower']);
  });

  test('takes the later of two articles with one id', async () => {
    const { counts } = (await (await post([article('mill'), article('mill', 'oven')])).json()) as Batch;
    expect(counts).toMatchObject({ created: 1, updated: 1 });
    expect((await service.archive.search('mill')).hits.map((hit) => hit.text)).toEqual([words('oven')]);
  });

  test('answers an empty array with no result', async () => {
    expect(await (await post([])).json()).toEqual({
      results: [],
      counts: { created: 0, updated: 0, unchanged: 0, failed: 0 },
    });
  });

  test('answers with the error of the archive when that cannot be written; what went in stays', async () => {
    const { store } = service.archive;
    const putArticle = store.putArticle.bind(store);
    store.putArticle = async (input) => {
      if (input.article.id === 'oven') throw new FihristError('DISK_FULL', 'the disk is full');
      return putArticle(input);
    };
    const response = await post([article('mill'), article('oven')]);
    await errorOf(response, 503, 'DISK_FULL');
    expect(response.headers.get('retry-after')).toBe('5');
    store.putArticle = putArticle;
    const { counts } = (await (await post([article('mill'), article('oven')])).json()) as Batch;
    expect(counts).toMatchObject({ created: 1, unchanged: 1 });
  });

  test('refuses what is neither JSON nor lines of it', async () => {
    const response = await service.send('POST', '/v1/articles', 'text', 'text/plain');
    const error = await errorOf(response, 415, 'UNSUPPORTED_MEDIA_TYPE');
    expect(error.details.allowed).toEqual(['application/json', 'application/x-ndjson']);
  });

  test('stops when the caller has gone', async () => {
    const { embedder, store } = service.archive;
    let began = () => {};
    const beginning = new Promise<void>((resolve) => (began = resolve));
    embedder.embedPassages = (_texts, signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        began();
      });
    const controller = new AbortController();
    const asking = fetch(`${service.url}/v1/articles`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([article('mill'), article('oven')]),
      signal: controller.signal,
    });
    await beginning;
    controller.abort();
    await expect(asking).rejects.toThrow();
    await service.server.close(1_000);
    expect(await store.articles({ limit: 10 })).toEqual([]);
    expect(service.logLines.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });
});

describe('before the archive is open', () => {
  test('every change is refused with NOT_READY, without waiting for its body', async () => {
    const notReady = () => {
      throw new FihristError('NOT_READY', 'The service is starting.');
    };
    const starting = await startArticleService({
      tasks: notReady,
      writeArticles: async () => notReady(),
      deleteArticle: async () => notReady(),
      articles: async () => notReady(),
    });
    await errorOf(await starting.send('POST', '/v1/articles', {}), 503, 'NOT_READY');
    await errorOf(await starting.send('PUT', '/v1/articles/a', { text: 'x' }), 503, 'NOT_READY');
    await errorOf(await starting.send('DELETE', '/v1/articles/a'), 503, 'NOT_READY');
    await errorOf(await starting.send('GET', '/v1/articles'), 503, 'NOT_READY');
    await errorOf(await starting.send('GET', '/v1/tasks'), 503, 'NOT_READY');
    await errorOf(await starting.send('GET', '/v1/tasks/a'), 503, 'NOT_READY');
    await errorOf(await starting.send('DELETE', '/v1/tasks/a'), 503, 'NOT_READY');
    await starting.stop();
  });
});
