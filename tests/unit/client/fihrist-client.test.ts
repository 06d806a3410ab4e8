import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FihristClient, FihristError } from '../../../src/client/fihrist-client.js';
import { collect, failureOf, json, refusal, scriptedClient } from './scripted-fetch.js';

describe('a request', () => {
  test('is sent to the address of the service, with its path, its key and an id', async () => {
    const { client, requests } = scriptedClient([json({ hits: [] })], { key: 'fhr_secret' });
    expect(await client.search({ query: 'ساعة', limit: 3 })).toEqual({ hits: [] });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      target: '/v1/search',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: 'Bearer fhr_secret',
        'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
      },
      body: '{"query":"ساعة","limit":3}',
    });
  });

  test('without a key has none, and may have an id of its caller', async () => {
    const { client, requests } = scriptedClient([json({ status: 'ok', version: '1' })]);
    await client.health({ requestId: 'probe-1' });
    expect(requests[0]?.headers).toEqual({ accept: 'application/json', 'x-request-id': 'probe-1' });
  });

  test('encodes ids and parameters, lists with commas, and leaves out what is not there', async () => {
    const { client, requests } = scriptedClient([json({}), json({}), json({})]);
    await client.related('a/b:ف&1', { languages: ['ar', 'en'], same_article: false });
    await client.getArticle('news/2024?x#y');
    await client.taskPage({ states: ['queued', 'running'] });
    expect(requests.map(({ target }) => target)).toEqual([
      '/v1/passages/a%2Fb%3A%D9%81%261/related?languages=ar%2Cen&same_article=false',
      '/v1/articles/news%2F2024%3Fx%23y',
      '/v1/tasks?states=queued%2Crunning',
    ]);
  });

  test.each(['', '.', '..', 'a\ud800'])(
    'is not sent for the id %j, which is none in an address',
    async (id) => {
      const { client, requests } = scriptedClient([]);
      for (const failing of [
        client.getArticle(id),
        client.deleteArticle(id),
        client.related(id),
        client.getTask(id),
      ]) {
        expect(await failureOf(failing)).toMatchObject({ code: 'ARGUMENT_INVALID', status: null });
      }
      expect(requests).toEqual([]);
    },
  );
});

describe('a client', () => {
  test.each([
    '',
    'fihrist',
    'ftp://fihrist.example',
    'http://fihrist.example/?a=1',
    'http://me:pass@fihrist.example',
  ])('is not made for the address %j', (url) => {
    expect(() => new FihristClient({ url })).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    expect(() => new FihristClient({ url })).not.toThrow(/pass@/);
  });

  test('in a page asks where the page comes from', async () => {
    vi.stubGlobal('location', { href: 'https://search.example/read/me?q=1' });
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return json({});
    };
    await new FihristClient({ fetch }).health();
    await new FihristClient({ url: '/archive', fetch }).health();
    vi.unstubAllGlobals();
    expect(asked).toEqual(['https://search.example/healthz', 'https://search.example/archive/healthz']);
  });

  test('is not made with a key or numbers that cannot be, and does not show the key', () => {
    const make = (options: object) => () => new FihristClient({ url: 'http://fihrist.example', ...options });
    expect(make({ key: 'two words' })).toThrow(/^key must be/);
    expect(make({ key: 'two words' })).not.toThrow(/two words/);
    expect(make({ timeoutMs: 0 })).toThrow(/timeoutMs must be a number of milliseconds above 0, not 0/);
    expect(make({ retries: 1.5 })).toThrow(/retries must be a whole number from 0, not 1.5/);
    expect(JSON.stringify(new FihristClient({ url: 'http://fihrist.example', key: 'fhr_x' }))).not.toContain(
      'fhr_x',
    );
  });
});

describe('lists', () => {
  const page = (ids: readonly string[], next: string | null) =>
    json({ articles: ids.map((id) => ({ id })), next_cursor: next });

  test('are walked page by page, as far as they are wanted', async () => {
    const { client, requests } = scriptedClient([page(['a', 'b'], 'c1'), page([], 'c2'), page(['c'], null)]);
    const found = await collect(client.listArticles({ tag: 'history' }));
    expect(found.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(requests.map(({ target }) => target)).toEqual([
      '/v1/articles?limit=100&tag=history',
      '/v1/articles?limit=100&tag=history&cursor=c1',
      '/v1/articles?limit=100&tag=history&cursor=c2',
    ]);
    const stopped = scriptedClient([page(['a', 'b'], 'c1')]);
    for await (const _ of stopped.client.listArticles({ limit: 2 })) break;
    expect(stopped.requests).toHaveLength(1);
  });

  test('begin where they are told to', async () => {
    const { client, requests } = scriptedClient([json({ tasks: [{ id: 't' }], next_cursor: null })]);
    expect(await collect(client.listTasks({ cursor: 'c9', limit: 5 }))).toEqual([{ id: 't' }]);
    expect(requests[0]?.target).toBe('/v1/tasks?limit=5&cursor=c9');
  });
});

describe('readiness', () => {
  const notReady = {
    status: 'not_ready',
    reasons: [{ code: 'INDEXING', message: 'm' }],
    warnings: [],
    indexing: null,
  };

  test('is told with either status', async () => {
    const { client } = scriptedClient([
      json({ ...notReady, status: 'ready', reasons: [] }),
      json(notReady, 503),
    ]);
    expect(await client.readiness()).toMatchObject({ status: 'ready' });
    expect(await client.readiness()).toEqual(notReady);
  });

  test('is no error of the service, nor the word of a proxy', async () => {
    const { client } = scriptedClient([refusal('HOST_NOT_ALLOWED', 403), json({ down: true }, 503)]);
    expect(await failureOf(client.readiness())).toMatchObject({ code: 'HOST_NOT_ALLOWED', status: 403 });
    expect(await failureOf(client.readiness({ retries: 0 }))).toMatchObject({
      code: 'REPLY_INVALID',
      status: 503,
    });
  });
});

describe('tasks', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const task = (state: string, done = 0) => json({ id: 't', state, articles_done: done, articles_total: 9 });

  test('are waited for, ever more rarely, and told of each time', async () => {
    const replies = [
      ...Array(12)
        .fill(task)
        .map((make, i) => make('running', i)),
      task('succeeded', 9),
    ];
    const { client, requests } = scriptedClient(replies.slice(-13));
    const told: number[] = [];
    const at: number[] = [];
    const start = Date.now();
    const waiting = client.waitForTask('t', {
      onProgress: ({ articles_done: done }) => {
        told.push(done);
        at.push(Date.now() - start);
      },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await waiting).toMatchObject({ state: 'succeeded' });
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 9]);
    const gaps = at.slice(1).map((time, i) => time - at[i]!);
    expect(gaps[0]).toBe(100);
    expect(gaps.at(-1)).toBe(2_000);
    expect(requests).toHaveLength(13);
  });

  test('are waited for while the service starts anew, for five minutes', async () => {
    const away = new Error('connect ECONNREFUSED');
    const { client } = scriptedClient([
      task('running'),
      ...Array(20).fill(away),
      () => refusal('NOT_READY', 503, { 'retry-after': '5' }),
      task('failed'),
    ]);
    const waiting = client.waitForTask('t');
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await waiting).toMatchObject({ state: 'failed' });
    const lost = scriptedClient(Array(1_000).fill(away));
    const failing = failureOf(lost.client.waitForTask('t'));
    await vi.advanceTimersByTimeAsync(300_001);
    expect(await failing).toMatchObject({ code: 'CONNECTION_FAILED' });
  });

  test('are waited for until the caller has had enough', async () => {
    const { client } = scriptedClient([task('running'), task('running'), task('running')]);
    const controller = new AbortController();
    const failing = failureOf(client.waitForTask('t', { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(150);
    controller.abort(new Error('enough'));
    expect((await failing).message).toBe('enough');
  });
});

describe('an error of the service', () => {
  test('keeps all that was said, and the id of the request', async () => {
    const error = {
      code: 'INVALID_REQUEST',
      message: 'limit must be a whole number from 1 to 100, not 500.',
      type: 'caller',
      details: { field: 'limit', allowed: 'a whole number from 1 to 100', value: 500 },
      link: '/docs/errors#invalid_request',
    };
    const { client } = scriptedClient([json({ error }, 400, { 'x-request-id': 'r-1' })]);
    const thrown = await failureOf(client.search({ query: 'x', limit: 500 }));
    expect(thrown).toBeInstanceOf(FihristError);
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown).toMatchObject({
      ...error,
      name: 'FihristError',
      status: 400,
      field: 'limit',
      allowed: 'a whole number from 1 to 100',
      value: 500,
      link: 'http://fihrist.example/archive/docs/errors#invalid_request',
      requestId: 'r-1',
      retryAfterMs: null,
    });
  });

  test('names the limit that was passed, and nothing where nothing is told', async () => {
    const error = {
      code: 'BODY_TOO_LARGE',
      message: 'm',
      type: 'caller',
      details: { limit: 9, value: 10 },
      link: '/x',
    };
    const { client } = scriptedClient([json({ error }, 413), refusal('ARTICLE_NOT_FOUND', 404)]);
    expect(await failureOf(client.addArticle({ text: 'x' }))).toMatchObject({
      field: null,
      allowed: 9,
      value: 10,
    });
    expect(await failureOf(client.getArticle('x'))).toMatchObject({
      field: null,
      allowed: null,
      value: null,
    });
  });

  test('of a code that is not known yet is an error all the same', async () => {
    const { client } = scriptedClient([refusal('MADE_LATER', 418)]);
    expect(await failureOf(client.health())).toMatchObject({ code: 'MADE_LATER', status: 418 });
  });
});

describe('what is not of the service', () => {
  test('is told by its status and its first words', async () => {
    const page = new Response(`<html>\n  ${'Not here. '.repeat(100)}`, { status: 404 });
    const { client } = scriptedClient([page, new Response('', { status: 500 })]);
    const thrown = await failureOf(client.health());
    expect(thrown).toMatchObject({ code: 'REPLY_INVALID', status: 404, type: 'connection' });
    expect(thrown.message).toContain('status 404 and is not of the service: <html> Not here.');
    expect(thrown.message.length).toBeLessThan(300);
    expect((await failureOf(client.health())).message).toContain('it is empty');
  });

  test('is told, too, when its status is fine', async () => {
    const { client } = scriptedClient([new Response('<html>', { status: 200 })]);
    expect(await failureOf(client.health())).toMatchObject({ code: 'REPLY_INVALID', status: 200 });
  });
});
