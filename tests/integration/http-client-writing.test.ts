import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AddedArticle, type AddingProgress, FihristClient } from '../../src/client/fihrist-client.js';
import { collect, failureOf } from '../unit/client/scripted-fetch.js';
import { until } from '../unit/http/start-test-server.js';
import { words } from '../unit/ingest/made-articles.js';
import { type ArticleService, startArticleService } from './article-service.js';

describe('a client that writes', () => {
  let service: ArticleService;
  let client: FihristClient;

  beforeEach(async () => {
    service = await startArticleService();
    client = new FihristClient({ url: service.url });
  });
  afterEach(() => service.stop());

  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: `mill/${i}`, text: words(`mill${i}`), tags: ['mills'] }));

  test('adds, replaces, reads and takes out an article', async () => {
    const id = 'news/طاحونة 1?';
    expect(await client.putArticle(id, { text: words('mill') })).toEqual({ id, status: 'created' });
    expect(await client.putArticle(id, { text: words('mill') })).toEqual({ id, status: 'unchanged' });
    expect(await client.addArticle({ id, text: words('weir'), title: 'Weir' })).toEqual({
      id,
      status: 'updated',
    });
    expect(await client.getArticle(id)).toMatchObject({ id, title: 'Weir', source: 'api' });
    expect(await service.found('weir')).toEqual([id]);
    await client.deleteArticle(id);
    expect(await failureOf(client.deleteArticle(id))).toMatchObject({ code: 'ARTICLE_NOT_FOUND' });
    expect(await failureOf(client.putArticle('x', { text: '' }))).toMatchObject({
      code: 'ARTICLE_WITHOUT_TEXT',
    });
  });

  test('adds hundreds from a source that it reads as it goes, what is wrong with one alone', async () => {
    async function* source() {
      for (const article of many(150)) yield article;
      yield { id: 'broken', text: words('x'), url: 'no address' };
      yield { text: words('nameless') };
      yield* many(1);
    }
    const results: AddedArticle[] = [];
    const steps: AddingProgress[] = [];
    const { counts, failures } = await client.addArticles(source(), {
      onResult: (result) => results.push(result),
      onProgress: (step) => steps.push(step),
    });
    expect(counts).toEqual({ created: 151, updated: 0, unchanged: 1, failed: 1 });
    expect(failures).toEqual([
      {
        index: 150,
        id: 'broken',
        status: 'failed',
        error: expect.objectContaining({ code: 'ARTICLE_LINE_INVALID' }),
      },
    ]);
    expect(results).toHaveLength(153);
    expect(results.find(({ index }) => index === 152)).toEqual({
      index: 152,
      id: 'mill/0',
      status: 'unchanged',
    });
    expect(results.find(({ index }) => index === 151)?.id).toMatch(/^api-[0-9a-f]{32}$/);
    expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: 153 }, (_, i) => i + 1));
    expect(steps.at(-1)).toMatchObject({ counts, total: null });
    expect((await collect(client.listArticles({ tag: 'mills' }))).length).toBe(150);
  });

  test('sends an article that is too long for a batch alone, and waits for its task', async () => {
    const text = `${words('millstone')}\n\n`.repeat(3_000);
    expect(text.length).toBeGreaterThan(512 * 1024);
    const results: AddedArticle[] = [];
    const articles = [
      { id: 'a', text: words('a') },
      { id: 'book', text },
      { id: 'b', text: words('b') },
    ];
    await client.addArticles(articles, { onResult: (result) => results.push(result) });
    expect(results).toEqual(articles.map(({ id }, index) => ({ index, id, status: 'created' })));
    const tasks = await collect(client.listTasks());
    expect(tasks.map(({ state, articles_total }) => [state, articles_total])).toEqual([['succeeded', 1]]);
  });

  test('hands over a task, waits for it, and sees what failed', async () => {
    const { id } = await client.addArticlesAsTask([
      ...many(120),
      { id: 'broken' } as { id: string; text: string },
    ]);
    const steps: string[] = [];
    const task = await client.waitForTask(id, { onProgress: ({ state }) => steps.push(state) });
    expect(task).toMatchObject({
      state: 'succeeded',
      articles_total: 121,
      articles_done: 121,
      counts: { created: 120, updated: 0, unchanged: 0, failed: 1 },
      errors: [{ index: 120, error: { code: 'ARTICLE_LINE_INVALID' } }],
    });
    expect(steps.at(-1)).toBe('succeeded');
    expect(await client.cancelTask(id)).toMatchObject({ state: 'succeeded' });
    expect(await client.getTask(id)).toEqual(task);
    expect(await failureOf(client.waitForTask('none'))).toMatchObject({ code: 'TASK_NOT_FOUND' });
  });

  test('stops in the middle when it is told to: no more are begun', async () => {
    const controller = new AbortController();
    const results: AddedArticle[] = [];
    const failing = failureOf(
      client.addArticles(many(1_000), {
        signal: controller.signal,
        batchSize: 20,
        onResult: (result) => {
          results.push(result);
          if (results.length === 50) controller.abort(new Error('enough'));
        },
      }),
    );
    expect((await failing).message).toBe('enough');
    expect(results).toHaveLength(50);
    await until(() => service.logLines.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const there = await collect(client.listArticles());
    expect(there.length).toBeGreaterThanOrEqual(50);
    expect(there.length).toBeLessThanOrEqual(60);
  });

  test('calls off the task of a long article when it is told to', async () => {
    const { embedder } = service.archive;
    embedder.embedPassages = (_texts, signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const controller = new AbortController();
    const book = { id: 'book', text: `${words('millstone')}\n\n`.repeat(3_000) };
    const asked: string[] = [];
    const watched = new FihristClient({
      url: service.url,
      fetch: (url, init) => {
        asked.push(url);
        return fetch(url, init);
      },
    });
    const failing = failureOf(watched.addArticles([book], { signal: controller.signal }));
    await until(() => asked.some((url) => url.includes('/v1/tasks/')));
    controller.abort();
    expect(await failing).toMatchObject({ name: 'AbortError' });
    await until(() => service.tasks.list({ limit: 1 })[0]?.state === 'cancelled');
  });
});
