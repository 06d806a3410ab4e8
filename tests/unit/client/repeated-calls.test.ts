import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_TIMEOUTS_MS } from '../../../src/client/fihrist-client.js';
import { failureOf, json, refusal, scriptedClient, streamed } from './scripted-fetch.js';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const reset = new Error('ECONNRESET');
const overloaded = () => refusal('OVERLOADED', 503, { 'retry-after': '1' });

/** Lets all time pass that a call may want. */
async function settled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  await vi.advanceTimersByTimeAsync(400_000);
  return promise;
}

describe('a call that failed in passing', () => {
  test('is sent again under the same id, at most three times', async () => {
    const { client, requests } = scriptedClient([reset, overloaded, reset, json({ hits: [] })]);
    expect(await settled(client.search({ query: 'x' }))).toEqual({ hits: [] });
    expect(new Set(requests.map(({ headers }) => headers['x-request-id'])).size).toBe(1);
    const lost = scriptedClient([reset, reset, reset, reset]);
    expect(await settled(failureOf(lost.client.search({ query: 'x' })))).toMatchObject({
      code: 'CONNECTION_FAILED',
      type: 'connection',
      status: null,
      requestId: lost.requests[0]?.headers['x-request-id'],
      message: 'http://fihrist.example/archive cannot be reached: ECONNRESET.',
    });
    expect(lost.requests).toHaveLength(4);
  });

  test('is sent again when its reply breaks in the middle', async () => {
    const { client, requests } = scriptedClient([streamed(['{"hi', reset]), json({ hits: [] })]);
    expect(await settled(client.search({ query: 'x' }))).toEqual({ hits: [] });
    expect(requests).toHaveLength(2);
  });

  test('waits as long as the service asks', async () => {
    const { client, requests } = scriptedClient([
      () => refusal('OVERLOADED', 503, { 'retry-after': '7' }),
      json({}),
    ]);
    const done = client.search({ query: 'x' });
    await vi.advanceTimersByTimeAsync(6_999);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(2);
    await done;
  });

  test('is sent as often as its caller says, or its client', async () => {
    const never = scriptedClient([reset]);
    await settled(failureOf(never.client.search({ query: 'x' }, { retries: 0 })));
    const once = scriptedClient([reset, reset], { retries: 1 });
    await settled(failureOf(once.client.search({ query: 'x' })));
    expect([never.requests.length, once.requests.length]).toEqual([1, 2]);
  });

  test('fails at once when there is no time left to try it again', async () => {
    const { client } = scriptedClient([() => refusal('RATE_LIMITED', 429, { 'retry-after': '60' })]);
    const failing = failureOf(client.search({ query: 'x' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(await failing).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 60_000 });
  });

  test('is not sent again for what will not pass', async () => {
    const codes = ['DISK_FULL', 'TIME_LIMIT_REACHED', 'MODEL_CHANGED'];
    for (const code of codes) {
      const { client, requests } = scriptedClient([() => refusal(code, 503, { 'retry-after': '5' })]);
      expect(await settled(failureOf(client.search({ query: 'x' })))).toMatchObject({
        code,
        retryAfterMs: 5_000,
      });
      expect(requests).toHaveLength(1);
    }
  });
});

describe('changes', () => {
  test('of an article are sent again: they do twice what they do once', async () => {
    const written = { id: 'a', status: 'unchanged' };
    const { client, requests } = scriptedClient([reset, json(written), reset, json(written)]);
    expect(await settled(client.putArticle('a', { text: 'x' }))).toEqual(written);
    expect(await settled(client.addArticle({ text: 'x' }))).toEqual(written);
    expect(requests.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'POST', 'POST']);
  });

  test('that take out an article are done when the first try was lost and the second finds none', async () => {
    const lost = scriptedClient([reset, refusal('ARTICLE_NOT_FOUND', 404)]);
    expect(await settled(lost.client.deleteArticle('a'))).toBeUndefined();
    const refused = scriptedClient([overloaded, refusal('ARTICLE_NOT_FOUND', 404)]);
    expect(await settled(failureOf(refused.client.deleteArticle('a')))).toMatchObject({
      code: 'ARTICLE_NOT_FOUND',
    });
    const never = scriptedClient([refusal('ARTICLE_NOT_FOUND', 404)]);
    expect(await settled(failureOf(never.client.deleteArticle('a')))).toMatchObject({ status: 404 });
    const done = scriptedClient([new Response(null, { status: 204 })]);
    expect(await settled(done.client.deleteArticle('a'))).toBeUndefined();
  });

  test('that become a task are not sent again when the reply is lost, but when they are refused', async () => {
    const lost = scriptedClient([reset]);
    expect(await settled(failureOf(lost.client.addArticlesAsTask([{ text: 'x' }])))).toMatchObject({
      code: 'CONNECTION_FAILED',
    });
    const full = scriptedClient([() => refusal('TASK_QUEUE_FULL', 429), json({ task: { id: 't' } }, 202)]);
    expect(await settled(full.client.addArticlesAsTask([{ text: 'x' }, { id: 'b', text: 'y' }]))).toEqual({
      id: 't',
    });
    expect(full.requests[1]).toMatchObject({
      target: '/v1/articles?async=true',
      headers: { 'content-type': 'application/x-ndjson' },
      body: '{"text":"x"}\n{"id":"b","text":"y"}\n',
    });
  });
});

describe('a call whose time is over', () => {
  test('fails with TIMED_OUT, and stops what is under way', async () => {
    const { client, requests } = scriptedClient(['hang']);
    const failing = failureOf(client.search({ query: 'x' }, { timeoutMs: 500 }));
    await vi.advanceTimersByTimeAsync(500);
    expect(await failing).toMatchObject({
      code: 'TIMED_OUT',
      message: 'No reply within 500 ms.',
      details: { limit: 500 },
      status: null,
      requestId: requests[0]?.headers['x-request-id'],
    });
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  test('has had it with all its tries', async () => {
    const { client, requests } = scriptedClient([reset, reset, 'hang']);
    const failing = failureOf(client.search({ query: 'x' }, { timeoutMs: 1_000 }));
    await vi.advanceTimersByTimeAsync(999);
    expect(requests).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(await failing).toMatchObject({ code: 'TIMED_OUT' });
  });

  test('fails when the reply began and does not go on', async () => {
    const { client } = scriptedClient([streamed(['{"hits":', 'hang'])]);
    expect(await settled(failureOf(client.search({ query: 'x' })))).toMatchObject({ code: 'TIMED_OUT' });
  });

  test('has the time of its kind, of the client, or of the call, or as much as it takes', async () => {
    const endOf = async (options: object, clientOptions: object = {}) => {
      const { client } = scriptedClient(['hang'], clientOptions);
      const start = Date.now();
      return (
        (await settled(failureOf(client.search({ query: 'x' }, options)).then(() => Date.now()))) - start
      );
    };
    expect(await endOf({})).toBe(DEFAULT_TIMEOUTS_MS.read);
    expect(await endOf({}, { timeoutMs: 70 })).toBe(70);
    expect(await endOf({ timeoutMs: 50 }, { timeoutMs: 70 })).toBe(50);
    const endless = scriptedClient(['hang']);
    let isOver = false;
    const controller = new AbortController();
    const failing = failureOf(
      endless.client.search({ query: 'x' }, { timeoutMs: Infinity, signal: controller.signal }),
    ).finally(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(100 * 24 * 3_600_000);
    expect(isOver).toBe(false);
    controller.abort();
    await failing;
  });
});

describe('a call whose caller goes', () => {
  test('ends at once with the reason of the signal, wherever it is', async () => {
    const reason = new Error('gone');
    const before = new AbortController();
    before.abort(reason);
    const never = scriptedClient([]);
    expect(await failureOf(never.client.search({ query: 'x' }, { signal: before.signal }))).toBe(reason);

    for (const replies of [['hang'], [reset], [streamed(['{"hits":', 'hang'])]] as const) {
      const { client, requests } = scriptedClient(replies);
      const controller = new AbortController();
      const failing = failureOf(client.search({ query: 'x' }, { signal: controller.signal }));
      await vi.advanceTimersByTimeAsync(100);
      controller.abort(reason);
      expect(await failing).toBe(reason);
      expect(requests).toHaveLength(1);
      expect(requests[0]?.signal.aborted).toBe(true);
    }
  });

  test('leaves nothing behind on a signal that many calls share', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    vi.spyOn(signal, 'addEventListener').mockImplementation((...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    });
    vi.spyOn(signal, 'removeEventListener').mockImplementation((...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    });
    const { client } = scriptedClient([json({}), refusal('QUERY_EMPTY', 400)]);
    await client.search({ query: 'x' }, { signal });
    await failureOf(client.search({ query: '…' }, { signal }));
    expect(listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
