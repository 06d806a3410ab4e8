import { afterEach, describe, expect, test } from 'vitest';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import { openSocket } from '../unit/http/raw-request.js';
import { errorOf } from '../unit/http/read-error.js';
import { sampleArticle, sampleResult } from '../unit/http/sample-archive.js';
import {
  bearer,
  type GuardedServer,
  searchWith,
  startGuardedServer,
} from '../unit/http/start-guarded-server.js';
import { until } from '../unit/http/start-test-server.js';

const running: GuardedServer[] = [];

async function start(...options: Parameters<typeof startGuardedServer>): Promise<GuardedServer> {
  const service = await startGuardedServer(...options);
  running.push(service);
  return service;
}
afterEach(() => Promise.all(running.splice(0).map(({ server }) => server.close(0))));

/** Searches that answer when they are told to, one after the other. @param heeds  Whether they stop when they are to. */
function heldSearches({ heeds = true } = {}) {
  const held: Array<() => void> = [];
  const stopped: unknown[] = [];
  const search: HttpServerOptions['search'] = (_request, { signal }) =>
    new Promise((resolve, reject) => {
      held.push(() => resolve(sampleResult));
      signal.addEventListener('abort', () => {
        stopped.push(signal.reason);
        if (heeds) reject(signal.reason);
      });
    });
  return { search, held, stopped };
}

const ONE_AT_ONCE = { maxRunning: 1, targetWaitMs: 1, burstWaitMs: 1 };

describe('the rate limit', () => {
  test('is told with every reply, and refuses what goes beyond it, saying when to come again', async () => {
    const { url } = await start({ ratePerMinute: 3 });
    for (const left of [2, 1, 0]) {
      const response = await searchWith(url);
      expect(response.status).toBe(200);
      expect(response.headers.get('ratelimit-policy')).toBe('"address";q=3;w=60');
      expect(response.headers.get('ratelimit')).toMatch(new RegExp(`^"address";r=${left};t=\\d+$`));
    }
    const refused = await searchWith(url);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/);
    const { details } = await errorOf(refused, 429, 'RATE_LIMITED');
    expect(details).toMatchObject({ limit: 3, setting: 'FIHRIST_RATE_LIMIT' });
  });

  test('counts each key by itself, and those without a valid one by address', async () => {
    const { url, makeKey } = await start({ ratePerMinute: 2 });
    const [one, other] = [await makeKey(), await makeKey()];
    expect((await searchWith(url, bearer(one.text))).headers.get('ratelimit-policy')).toBe('"key";q=2;w=60');
    await searchWith(url, bearer(one.text));
    await errorOf(await searchWith(url, bearer(one.text)), 429, 'RATE_LIMITED');
    expect((await searchWith(url, bearer(other.text))).status).toBe(200);
    await errorOf(await searchWith(url, bearer('fhr_guess')), 401, 'KEY_INVALID');
    await errorOf(await searchWith(url, bearer('fhr_guess2')), 401, 'KEY_INVALID');
    await errorOf(await searchWith(url, bearer('fhr_guess3')), 429, 'RATE_LIMITED');
  });

  test('believes nobody who says for whom he asks, unless that is a proxy that was named', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const open = await start({ ratePerMinute: 1 });
    expect((await searchWith(open.url, from('198.51.100.1'))).status).toBe(200);
    await errorOf(await searchWith(open.url, from('198.51.100.2')), 429, 'RATE_LIMITED');

    const behind = await start({ ratePerMinute: 1 }, { trustedProxies: ['loopback'] });
    expect((await searchWith(behind.url, from('198.51.100.1'))).status).toBe(200);
    expect((await searchWith(behind.url, from('198.51.100.2'))).status).toBe(200);
    // Who writes the header himself is still seen by the address that the proxy puts behind it.
    await errorOf(await searchWith(behind.url, from('192.0.2.5, 198.51.100.2')), 429, 'RATE_LIMITED');
    await until(() => open.logLines.length === 2 && behind.logLines.length === 3);
    expect(open.logLines.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(behind.logLines.map(({ address }) => address)).toEqual([
      '198.51.100.1',
      '198.51.100.2',
      '198.51.100.2',
    ]);
  });

  test('does not count probes', async () => {
    const { url } = await start({ ratePerMinute: 1 });
    for (let i = 0; i < 5; i++) expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).headers.get('ratelimit')).toBeNull();
  });
});

describe('when more is asked than can be done', () => {
  test('searches beyond the room are turned away at once, and everything light is answered', async () => {
    const { search, held } = heldSearches();
    const service = await start({ searches: ONE_AT_ONCE }, { search });
    const [first, second] = [searchWith(service.url), searchWith(service.url)];
    await until(() => held.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const refused = await searchWith(service.url);
    expect(refused.headers.get('retry-after')).toBe('1');
    const { details } = await errorOf(refused, 503, 'OVERLOADED');
    expect(details).toMatchObject({ limit_ms: 1, retry_after_s: 1 });
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${service.url}/v1/articles/${encodeURIComponent(sampleArticle.id)}`)).status).toBe(
      200,
    );
    held[0]!();
    expect((await first).status).toBe(200);
    await until(() => held.length === 2);
    held[1]!();
    expect((await second).status).toBe(200);
    const third = searchWith(service.url);
    await until(() => held.length === 3);
    held[2]!();
    expect((await third).status).toBe(200);
  });

  test('what is turned away does not have its body read before', async () => {
    const { search, held } = heldSearches();
    const service = await start({ searches: ONE_AT_ONCE }, { search });
    const both = [searchWith(service.url), searchWith(service.url)];
    await until(() => held.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { socket, received } = await openSocket(service.port);
    socket.write(
      'POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n',
    );
    await until(() => received().includes('OVERLOADED'));
    socket.destroy();
    held[0]!();
    await until(() => held.length === 2);
    held[1]!();
    await Promise.all(both);
  });

  test('whoever sends slowly takes nobody’s place', async () => {
    const { search, held } = heldSearches();
    const service = await start({ searches: ONE_AT_ONCE }, { search });
    for (let i = 0; i < 5; i++) {
      const { socket } = await openSocket(service.port);
      socket.write(
        'POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{"q',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    const reply = searchWith(service.url);
    await until(() => held.length === 1);
    held[0]!();
    expect((await reply).status).toBe(200);
  });

  test('whoever leaves while waiting is never started', async () => {
    const { search, held } = heldSearches();
    const service = await start({ searches: ONE_AT_ONCE }, { search });
    const first = searchWith(service.url);
    await until(() => held.length === 1);
    const leaving = new AbortController();
    const left = fetch(`${service.url}/v1/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query": "sleep"}',
      signal: leaving.signal,
    }).catch(() => 'left');
    await new Promise((resolve) => setTimeout(resolve, 100));
    leaving.abort();
    expect(await left).toBe('left');
    await until(() => service.logLines.some(({ aborted }) => aborted === true));
    held[0]!();
    expect((await first).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(held).toHaveLength(1);
  });
});

describe('the time limit of a search', () => {
  const timeLimitsMs = { light: null, search: 60, answer: null, embedding: null, write: null };

  test('stops its work and says so', async () => {
    const { search, stopped } = heldSearches();
    const service = await start({}, { search, timeLimitsMs });
    const response = await searchWith(service.url);
    expect(response.headers.get('retry-after')).not.toBeNull();
    const error = await errorOf(response, 503, 'TIME_LIMIT_REACHED');
    expect(error.message).toBe('The request was given up after 60 ms (FIHRIST_SEARCH_TIMEOUT_MS).');
    expect(stopped).toEqual([expect.objectContaining({ code: 'TIME_LIMIT_REACHED' })]);
  });

  test('counts while it waits for its turn', async () => {
    const { search, held } = heldSearches({ heeds: false });
    const service = await start(
      { searches: { ...ONE_AT_ONCE, burstWaitMs: 60_000 } },
      { search, timeLimitsMs },
    );
    const both = await Promise.all([searchWith(service.url), searchWith(service.url)]);
    expect(both.map(({ status }) => status)).toEqual([503, 503]);
    expect(held).toHaveLength(1);
  });

  test('is kept even by work that does not heed it, whose place stays taken until it ends', async () => {
    const { search, held } = heldSearches({ heeds: false });
    const service = await start({ searches: ONE_AT_ONCE }, { search, timeLimitsMs });
    await errorOf(await searchWith(service.url), 503, 'TIME_LIMIT_REACHED');
    const waiting = searchWith(service.url);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(held).toHaveLength(1);
    held[0]!();
    await until(() => held.length === 2);
    held[1]!();
    expect((await waiting).status).toBe(200);
    expect(service.logLines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  test('does not fire for a search that was answered', async () => {
    const signals: AbortSignal[] = [];
    const service = await start(
      {},
      {
        search: async (_request, { signal }) => {
          signals.push(signal);
          return sampleResult;
        },
        timeLimitsMs,
      },
    );
    expect((await searchWith(service.url)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});
