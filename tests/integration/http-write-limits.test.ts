import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import { admitWork } from '../../src/http/gates/admit-work.js';
import { AdmissionController } from '../../src/http/limits/admission-controller.js';
import { errorOf } from '../unit/http/read-error.js';
import { until } from '../unit/http/start-test-server.js';
import { words } from '../unit/ingest/made-articles.js';
import { type ArticleService, startArticleService } from './article-service.js';

const LIMIT_MS = 80;
const timeLimitsMs = { light: null, search: null, answer: null, embedding: null, write: LIMIT_MS };
const room = new AdmissionController({ maxRunning: 10, targetWaitMs: 1_000, burstWaitMs: 5_000 });
const article = (id: string, subject = id) => ({ id, title: `About ${id}`, text: words(subject) });

interface Held {
  readonly signal: AbortSignal | undefined;
  release(): void;
}

describe('the time limit of a change', () => {
  let service: ArticleService;

  beforeEach(async () => {
    service = await startArticleService({
      timeLimitsMs,
      gates: [admitWork({ search: room, answer: null, embedding: room, write: room })],
    });
  });
  afterEach(() => service.stop());

  const isThere = async (id: string) => (await service.archive.store.article(asArticleId(id))) !== null;
  const passed = () => new Promise((resolve) => setTimeout(resolve, 2 * LIMIT_MS));

  /** From now on the model takes a text with `word` and keeps it until it is released. @param heeds  Or it is called off. */
  function holdEmbedding(word: string, { heeds }: { heeds: boolean }): Held[] {
    const held: Held[] = [];
    const { embedder } = service.archive;
    const embed = embedder.embedPassages.bind(embedder);
    embedder.embedPassages = async (texts, signal) => {
      if (texts.some((text) => text.includes(word))) {
        await new Promise<void>((release, reject) => {
          held.push({ signal, release });
          if (heeds) signal?.addEventListener('abort', () => reject(signal.reason));
        });
      }
      return embed(texts);
    };
    return held;
  }

  /** From now on the disk takes its time. */
  function holdWriting(): Array<() => void> {
    const held: Array<() => void> = [];
    const { store } = service.archive;
    const put = store.putArticle.bind(store);
    store.putArticle = async (input) => {
      await new Promise<void>((release) => held.push(release));
      return put(input);
    };
    return held;
  }

  test.each([
    ['PUT', '/v1/articles/mill', { text: words('mill') }],
    ['POST', '/v1/articles', article('mill')],
    ['POST', '/v1/articles', [article('mill')]],
  ])('%s %s: what is not on its way to the disk by then is never written', async (method, path, body) => {
    const held = holdEmbedding('mill', { heeds: false });
    const error = await errorOf(await service.send(method, path, body), 503, 'TIME_LIMIT_REACHED');
    expect(error.message).toBe(`The request was given up after ${LIMIT_MS} ms (FIHRIST_WRITE_TIMEOUT_MS).`);
    // The title is a call of its own.
    expect(held.length).toBeGreaterThan(0);
    expect(held.filter(({ signal }) => signal?.aborted !== true)).toEqual([]);
    // Even when the model comes to its end all the same.
    for (const { release } of held) release();
    await passed();
    expect(await isThere('mill')).toBe(false);
    expect(await service.archive.store.generation()).toBe(0);
  });

  test.each([
    ['PUT', '/v1/articles/mill', { text: words('mill') }],
    ['POST', '/v1/articles', article('mill')],
  ])('%s %s: what is on its way to the disk is waited for, and told of', async (method, path, body) => {
    const held = holdWriting();
    const reply = service.send(method, path, body);
    await until(() => held.length === 1);
    await passed();
    for (const release of held) release();
    expect((await reply).status).toBe(201);
    expect(await (await reply).json()).toEqual({ id: 'mill', status: 'created' });
    expect(await isThere('mill')).toBe(true);
  });

  test('tells of a batch which articles were written and which were not', async () => {
    holdEmbedding('oven', { heeds: true });
    const broken = { id: 'broken' };
    const batch = [article('mill'), article('oven'), broken, article('tower'), article('bridge')];
    const response = await service.send('POST', '/v1/articles', batch);
    expect(response.status).toBe(200);
    const { results, counts } = (await response.json()) as {
      results: Array<{ id: string; status: string; error?: { code: string } }>;
      counts: object;
    };
    const late = results.filter(({ error }) => error?.code === 'TIME_LIMIT_REACHED').map(({ id }) => id);
    expect(late).toContain('oven');
    expect(results.map(({ id, status }) => [id, status])).toEqual([
      ['mill', 'created'],
      ['oven', 'failed'],
      [null, 'failed'],
      ['tower', 'created'],
      ['bridge', 'created'],
    ]);
    expect(counts).toEqual({ created: 3, updated: 0, unchanged: 0, failed: 2 });
    for (const { id, status } of results.filter(({ id }) => id !== null)) {
      expect(await isThere(id)).toBe(status === 'created');
    }
  });

  test('does not wait for an article of a batch that somebody else is changing', async () => {
    let release = () => {};
    const holding = service.archive.locks.run(
      asArticleId('oven'),
      () => new Promise<void>((resolve) => (release = resolve)),
    );
    const response = await service.send('POST', '/v1/articles', [article('mill'), article('oven')]);
    expect((await response.json()) as object).toMatchObject({ counts: { created: 1, failed: 1 } });
    release();
    await holding;
    await passed();
    expect(await isThere('oven')).toBe(false);
  });

  test('ends lines with the error, behind those that were written', async () => {
    holdEmbedding('oven', { heeds: true });
    const lines = [article('mill'), article('oven')].map((one) => `${JSON.stringify(one)}\n`).join('');
    const response = await service.send('POST', '/v1/articles', lines, 'application/x-ndjson');
    const told = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told).toEqual([
      { index: 0, line: 1, id: 'mill', status: 'created' },
      { error: expect.objectContaining({ code: 'TIME_LIMIT_REACHED' }) },
    ]);
    expect(await isThere('oven')).toBe(false);
  });

  test('makes no task of what came too late', async () => {
    const { tasks } = service;
    const receive = tasks.receive.bind(tasks);
    tasks.receive = async (...given) => {
      await passed();
      return receive(...given);
    };
    const response = await service.send('POST', '/v1/articles?async=true', [article('mill')]);
    await errorOf(response, 503, 'TIME_LIMIT_REACHED');
    await passed();
    expect(tasks.list({ limit: 10 })).toEqual([]);
    expect(await service.taskFiles()).toEqual([]);
  });

  test('leaves an article where it is that could not be deleted in time', async () => {
    const { locks } = service.archive;
    await service.send('PUT', '/v1/articles/mill', { text: words('mill') });
    let release = () => {};
    const holding = locks.run(asArticleId('mill'), () => new Promise<void>((resolve) => (release = resolve)));
    await errorOf(await service.send('DELETE', '/v1/articles/mill'), 503, 'TIME_LIMIT_REACHED');
    release();
    await holding;
    await passed();
    expect(await isThere('mill')).toBe(true);
  });
});

describe('a change whose caller has gone', () => {
  let service: ArticleService;

  beforeEach(async () => {
    service = await startArticleService();
  });
  afterEach(() => service.stop());

  async function goneWhile(held: { readonly length: number }): Promise<void> {
    const controller = new AbortController();
    const asking = fetch(`${service.url}/v1/articles/mill`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: words('mill') }),
      signal: controller.signal,
    });
    asking.catch(() => {});
    await until(() => held.length === 1);
    controller.abort();
    await expect(asking).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  test('is not made when it is not on its way to the disk yet', async () => {
    const held: Array<() => void> = [];
    const { embedder, store } = service.archive;
    const embed = embedder.embedPassages.bind(embedder);
    embedder.embedPassages = async (texts) => {
      await new Promise<void>((release) => held.push(release));
      return embed(texts);
    };
    await goneWhile(held);
    for (const release of held) release();
    await service.server.close(1_000);
    expect(await store.articles({ limit: 10 })).toEqual([]);
  });

  test('is made whole when it is', async () => {
    const held: Array<() => void> = [];
    const { store } = service.archive;
    const put = store.putArticle.bind(store);
    store.putArticle = async (input) => {
      await new Promise<void>((release) => held.push(release));
      return put(input);
    };
    await goneWhile(held);
    for (const release of held) release();
    await service.server.close(1_000);
    expect((await store.articles({ limit: 10 })).map(({ id }) => id)).toEqual(['mill']);
    expect((await service.archive.search('mill')).hits).toHaveLength(1);
  });
});
