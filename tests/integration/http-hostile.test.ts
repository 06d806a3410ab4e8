import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import { openSocket, type RawConnection, sendRaw } from '../unit/http/raw-request.js';
import { errorOf } from '../unit/http/read-error.js';
import { sampleArticle, sampleResult } from '../unit/http/sample-archive.js';
import {
  startTestServer,
  TEST_MAX_BODY_BYTES,
  type TestServer,
  until,
} from '../unit/http/start-test-server.js';

const running: TestServer[] = [];

async function start(overrides: Partial<HttpServerOptions> = {}): Promise<TestServer> {
  const service = await startTestServer(overrides);
  running.push(service);
  return service;
}
afterEach(() => Promise.all(running.splice(0).map(({ server }) => server.close(0))));

function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
) {
  return fetch(`${url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

const HEAD = 'POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

describe('bodies made to do harm', () => {
  const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);

  test.each([
    ['arrays', deep('[', ']', 30_000), 30_000],
    ['arrays that never end', '['.repeat(60_000), 60_000],
    ['objects', deep('{"a":', '}', 9_000).replace(':}', ':1}'), 9_000],
    ['a query', `{"query":${deep('[', ']', 30_000)}}`, 30_001],
    ['filters', `{"query":"x","filters":${deep('{"type":"and","filters":[', ']}', 2_000)}}`, 4_001],
    [
      'values of a filter',
      `{"query":"x","filters":{"type":"in","key":"tags","value":${deep('[', ']', 30_000)}}}`,
      30_002,
    ],
  ])('nest %s deeply, and get a plain refusal', async (_, body, depth) => {
    const { url } = await start();
    const { message, details } = await errorOf(await post(url, body), 400, 'INVALID_REQUEST');
    expect(message).toBe(`The request body is nested ${depth} levels deep; at most 100 are allowed.`);
    expect(details).toEqual({ field: 'body', limit: 100, value: depth });
  });

  test.each([
    ['a query', `{"query":${deep('[', ']', 90)}}`],
    ['filters', `{"query":"x","filters":${deep('{"type":"and","filters":[', ']}', 40)}}`],
    ['an article', `{"query":"x","filters":{"type":"in","key":"tags","value":${deep('[', ']', 90)}}}`],
  ])('nest %s as deep as may be, and are refused for what is wrong with them', async (_, body) => {
    const { url } = await start();
    const { details } = await errorOf(await post(url, body), 400, 'INVALID_REQUEST');
    expect(details.field).toMatch(/^(query|filters)/);
  });

  test.each(['(a+)+$', '^(([a-z])+.)+[A-Z]([a-z])+$', '.*.*.*.*=.*', '%_%_%_%', '[a-z', '*'])(
    'put %s where a filter is compared, and are answered at once: it is a text like any other',
    async (pattern) => {
      const asked: unknown[] = [];
      const { url } = await start({
        search: async ({ filters }) => {
          asked.push(filters);
          return sampleResult;
        },
      });
      const value = pattern + 'a'.repeat(20_000);
      const startedAt = performance.now();
      const filters = { type: 'eq', key: 'tags', value };
      const response = await post(url, JSON.stringify({ query: 'x', filters }));
      expect(response.status).toBe(200);
      expect(asked).toEqual([{ type: 'in', key: 'tags', values: [value] }]);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    },
  );

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'name a field %s, and get it refused as unknown',
    async (name) => {
      const { url } = await start();
      const body = `{"query": "x", "${name}": {"polluted": true, "limit": 5}}`;
      expect((await errorOf(await post(url, body), 400, 'UNKNOWN_FIELD')).message).toContain(`"${name}"`);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      const inFilter = `{"query": "x", "filters": {"type": "eq", "key": "tags", "value": "x", "${name}": 1}}`;
      await errorOf(await post(url, inFilter), 400, 'UNKNOWN_FIELD');
      const asKey = `{"query": "x", "filters": {"type": "eq", "key": "${name}", "value": "x"}}`;
      await errorOf(await post(url, asKey), 400, 'INVALID_REQUEST');
    },
  );

  test.each<[string, Uint8Array<ArrayBuffer>, Record<string, string>, number, string]>([
    ['in UTF-16', new Uint8Array(Buffer.from('\ufeff{"query":"x"}', 'utf16le')), {}, 400, 'INVALID_JSON'],
    ['in Latin-1', new Uint8Array(Buffer.from('{"query":"été"}', 'latin1')), {}, 400, 'INVALID_JSON'],
    ['with half a character', Uint8Array.from([0x7b, 0x22, 0xd9]), {}, 400, 'INVALID_JSON'],
    [
      'that say to be in another charset',
      new Uint8Array(Buffer.from('{"query":"x"}')),
      { 'content-type': 'application/json; charset=utf-16' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'that say to be packed and are not',
      new Uint8Array(Buffer.from('{"query":"x"}')),
      { 'content-encoding': 'gzip' },
      400,
      'INVALID_JSON',
    ],
    [
      'packed in an unknown way',
      new Uint8Array(Buffer.from('x')),
      { 'content-encoding': 'zstd-x' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'that unpack to a thousand times their size',
      new Uint8Array(gzipSync(Buffer.alloc(50_000_000, 0x20))),
      { 'content-encoding': 'gzip' },
      413,
      'BODY_TOO_LARGE',
    ],
  ])('%s are refused', async (_, body, headers, status, code) => {
    const { url } = await start();
    await errorOf(await post(url, body, headers), status, code);
  });

  test('that are announced too large are refused before they are sent', async () => {
    const { port } = await start();
    const reply = await sendRaw(port, `${HEAD}Content-Length: 999999999999\r\n\r\n{`);
    expect([reply.status, reply.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });

  test('that never end are refused as soon as they are too large, and not read on', async () => {
    const { port } = await start();
    const { socket, received, closed } = await openSocket(port);
    socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`;
    let sentBytes = 0;
    const startedAt = Date.now();
    while (!closed() && Date.now() - startedAt < 5_000) {
      if (socket.writable && socket.write(chunk)) sentBytes += chunk.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(closed()).toBe(true);
    expect(received()).toMatch(/^HTTP\/1\.1 413 .*"code":"BODY_TOO_LARGE"/s);
    // What the system itself takes in before it is read.
    expect(sentBytes).toBeLessThan(TEST_MAX_BODY_BYTES + 10_000_000);
  });
});

describe('requests that two programs could read in two ways', () => {
  test.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a length that is no number', 'Content-Length: +5\r\n\r\nhello'],
    ['chunks that are none', 'Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n'],
    ['an unknown transfer coding', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['a header with a bare line end in it', 'X-A: b\rX-B: c\r\n\r\n'],
    ['a header that is folded', 'X-A: b\r\n c\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'],
  ])('are refused: %s', async (_, rest) => {
    const { port } = await start();
    const { status } = await sendRaw(port, HEAD + rest);
    expect([400, 413]).toContain(status);
  });
});

describe('paths made to get elsewhere', () => {
  test.each([
    '/docs/../../package.json',
    '/docs/%2e%2e/%2e%2e/package.json',
    '/docs/..%2f..%2fpackage.json',
    '/docs/..%5c..%5cpackage.json',
    '/docs/viewer.js/../../package.json',
    '/docs/viewer.js%00.json',
    '/docs//viewer.js',
    '//docs/viewer.js',
    '/./docs',
    '/v1/./search',
    '/healthz/',
    '/HEALTHZ',
    '/healthz%20',
    '/healthz;a=b',
    '/etc/passwd',
    '/__proto__',
    '/constructor',
    '/toString/call',
  ])('%s is no path', async (path) => {
    const { port } = await start();
    const reply = await sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect([reply.status, reply.code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  test.each([
    '/v1/articles/%',
    '/v1/articles/%zz',
    '/v1/articles/%ff',
    '/v1/articles/%D8',
    '*',
    'x',
    '/é',
    '/ب',
  ])('%s cannot be read', async (path) => {
    const { port } = await start();
    const reply = await sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect([reply.status, reply.code]).toEqual([400, 'INVALID_REQUEST']);
  });

  test.each(['..%2f..%2fpackage.json', '%00', '__proto__', 'constructor', '..', 'a%0d%0ab'])(
    'an article %s is one that there is not',
    async (id) => {
      const { port } = await start();
      const head = `GET /v1/articles/${id} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
      expect(await sendRaw(port, head)).toMatchObject({ status: 404, code: 'ARTICLE_NOT_FOUND' });
    },
  );
});

describe('headers made to confuse', () => {
  test('as an expectation that nobody knows are passed over', async () => {
    const { port, logLines } = await start();
    const head = 'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: a-pony\r\nConnection: close\r\n\r\n';
    const { status, text } = await sendRaw(port, head);
    expect(status).toBe(200);
    expect(text).toMatch(/^x-request-id: [\w-]+\r$/im);
    expect(logLines).toHaveLength(1);
  });

  test('as one that is waited for get the body sent, and a refusal of one that is too large', async () => {
    const { port } = await start();
    const expecting = `${HEAD}Expect: 100-continue\r\nConnection: close\r\n`;
    const { socket, received, closed } = await openSocket(port);
    socket.write(`${expecting}Content-Length: 13\r\n\r\n`);
    await until(() => received().startsWith('HTTP/1.1 100 Continue'));
    socket.write('{"query":"x"}');
    await until(closed);
    expect(received()).toContain('HTTP/1.1 200 OK');
    const { text } = await sendRaw(port, `${expecting}Content-Length: 99999999\r\n\r\n`);
    expect(text).toMatch(/HTTP\/1\.1 413 .*BODY_TOO_LARGE/s);
  });

  test('and broken are answered without a body when there must be none', async () => {
    const { port } = await start();
    const { status, text } = await sendRaw(port, 'HEAD /é HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(status).toBe(400);
    expect(text.split('\r\n\r\n')[1]).toBe('');
  });

  test('by the hundreds are refused or read, and nothing is kept of them', async () => {
    const { port } = await start();
    const many = Array.from({ length: 700 }, (_, i) => `X-${i}: ${'a'.repeat(10)}\r\n`).join('');
    const reply = await sendRaw(port, `GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${many}\r\n`);
    expect(reply.status).toBe(200);
    const more = await sendRaw(port, `GET /healthz HTTP/1.1\r\nHost: x\r\n${many.repeat(3)}\r\n`);
    expect([more.status, more.code]).toEqual([400, 'INVALID_REQUEST']);
  });
});

describe('connections made to be in the way', () => {
  const patienceMs = { headers: 300, request: 600, stalledReply: 400, lookEvery: 50 };

  test('are closed when they never say anything', async () => {
    const { port } = await start({ patienceMs });
    const { closed, received } = await openSocket(port);
    await until(closed, 3_000);
    expect(received()).toMatch(/^HTTP\/1\.1 408 .*REQUEST_TOO_SLOW/s);
  });

  test('are closed when their headers come a byte at a time', async () => {
    const { port } = await start({ patienceMs });
    const { socket, closed, received } = await openSocket(port);
    const timer = setInterval(() => socket.write('G'), 20);
    await until(closed, 3_000).finally(() => clearInterval(timer));
    expect(received()).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  test('are closed when their bodies come a byte at a time, with a reply that says why', async () => {
    let asked = 0;
    const service = await start({
      patienceMs,
      search: async () => {
        asked += 1;
        return sampleResult;
      },
    });
    const { socket, closed, received } = await openSocket(service.port);
    socket.write(`${HEAD}Content-Length: 5000\r\n\r\n`);
    const timer = setInterval(() => socket.write(' '), 20);
    await until(closed, 3_000).finally(() => clearInterval(timer));
    expect(received()).toMatch(/^HTTP\/1\.1 408 .*"code":"REQUEST_TOO_SLOW"/s);
    expect(asked).toBe(0);
    await until(() => service.logLines.length === 1);
    expect(service.logLines[0]).toMatchObject({ status: 408, code: 'REQUEST_TOO_SLOW' });
  });

  test('are closed when they send headers without end', async () => {
    const { port } = await start({ patienceMs });
    const { socket, closed, received } = await openSocket(port);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const timer = setInterval(() => socket.write(`X-${'a'.repeat(500)}: b\r\n`), 1);
    await until(closed, 3_000).finally(() => clearInterval(timer));
    expect(received()).toMatch(/^HTTP\/1\.1 400 .*larger than 16 KB/s);
  });

  test('are closed when they do not take their replies', async () => {
    const text = 'x'.repeat(40_000_000);
    const service = await start({
      patienceMs,
      article: async () => ({ ...sampleArticle, title: text }),
    });
    const { socket } = await openSocket(service.port);
    socket.pause();
    socket.write('GET /v1/articles/a HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => service.logLines.length === 1, 5_000);
    expect(service.logLines[0]).toMatchObject({ status: null, aborted: true });
    socket.destroy();
  });

  test('stay open when they are merely kept for the next request', async () => {
    const { port } = await start({ patienceMs });
    const { socket, received, closed } = await openSocket(port);
    const ask = () => socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    ask();
    await until(() => received().includes('"ok"'));
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(closed()).toBe(false);
    ask();
    await until(() => received().split('"ok"').length === 3);
    socket.destroy();
  });
});

describe('more connections than there may be', () => {
  test('close the one that has been idle longest, and never one that is being answered', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    const service = await start({
      maxConnections: 3,
      search: async () => {
        asked += 1;
        await held;
        return sampleResult;
      },
    });
    const busy = await openSocket(service.port);
    busy.socket.write(`${HEAD}Content-Length: 15\r\n\r\n{"query":"abc"}`);
    await until(() => asked === 1);
    const idle: RawConnection[] = [];
    for (let i = 0; i < 2; i++) {
      const connection = await openSocket(service.port);
      connection.socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      await until(() => connection.received().includes('"ok"'));
      idle.push(connection);
    }
    const fresh = await openSocket(service.port);
    fresh.socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => fresh.received().includes('"ok"'));
    await until(() => idle[0]!.closed());
    expect([idle[1]!.closed(), busy.closed()]).toEqual([false, false]);
    release();
    await until(() => busy.received().includes('"hits"'));
    for (const { socket } of [busy, fresh, ...idle]) socket.destroy();
  });
});
