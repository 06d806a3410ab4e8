import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Readiness } from '../../src/http/readiness.js';
import { errorOf } from '../unit/http/read-error.js';
import { sampleArticle } from '../unit/http/sample-archive.js';
import { startTestServer, type TestServer, until } from '../unit/http/start-test-server.js';

let readiness: Readiness = { ready: true, reasons: [], indexing: null };
let service: TestServer;

beforeAll(async () => {
  service = await startTestServer({ readiness: () => readiness });
});
afterAll(() => service.server.close(1_000));

interface Reply {
  readonly passages: ReadonlyArray<{ readonly sentences: readonly unknown[] }>;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly example: string;
}

async function replyOf(response: Response): Promise<Reply> {
  return (await response.json()) as Reply;
}

/** A request as it is on the wire, without what fetch would tidy up. */
function rawGet(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: service.port, path }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject).end();
  });
}

describe('GET /v1/articles/{id}', () => {
  test.each(['ar/نوم sleep', 'ar/%D9%86%D9%88%D9%85%20sleep', encodeURIComponent('ar/نوم sleep')])(
    'finds an id with a slash in it, written as %s',
    async (written) => {
      const response = await fetch(`${service.url}/v1/articles/${written}`);
      expect(response.status).toBe(200);
      const reply = await replyOf(response);
      expect(reply).toMatchObject({ id: sampleArticle.id, dir: 'rtl', updated_at: sampleArticle.updatedAt });
      expect(reply.passages[0]?.sentences).toHaveLength(2);
    },
  );

  test('says which article there is not', async () => {
    const response = await fetch(`${service.url}/v1/articles/en/nothing`);
    const error = await errorOf(response, 404, 'ARTICLE_NOT_FOUND');
    expect(error.message).toBe('No article has the id "en/nothing".');
  });

  test('refuses broken percent-encoding', async () => {
    for (const path of ['/v1/articles/%zz', '/v1/articles/%ff', '/%']) {
      const { status, body } = await rawGet(path);
      expect(status).toBe(400);
      expect(JSON.parse(body).error).toMatchObject({ code: 'INVALID_REQUEST', details: { value: path } });
    }
  });
});

describe('the service itself', () => {
  test('is alive', async () => {
    const response = await fetch(`${service.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok', version: '1.2.3' }]);
  });

  test('is ready, or says why not and how far it is', async () => {
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    readiness = {
      ready: false,
      reasons: [{ code: 'INDEXING', message: 'the articles are being indexed' }],
      indexing: { articlesDone: 1, articlesTotal: 4 },
    };
    const response = await fetch(`${service.url}/readyz`);
    readiness = { ready: true, reasons: [], indexing: null };
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'not_ready',
      reasons: [{ code: 'INDEXING', message: 'the articles are being indexed' }],
      warnings: [],
      indexing: { articles_done: 1, articles_total: 4 },
    });
  });

  test('introduces itself with a search that can be pasted', async () => {
    const reply = await replyOf(await fetch(service.url));
    expect(reply).toMatchObject({ name: 'fihrist', version: '1.2.3' });
    expect(reply.endpoints.search).toBe('POST /v1/search');
    expect(reply.endpoints.analyze).toBe('POST /v1/analyze');
    expect(reply.example).toContain(`curl -s ${service.url}/v1/search`);
  });

  test('serves the page that the links of errors open', async () => {
    const response = await fetch(`${service.url}/docs/errors`);
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(await response.text()).toContain('## QUERY_EMPTY\n\nخطأ');
  });

  test.each([
    '/',
    '/healthz',
    '/readyz',
    '/docs/errors',
    '/v1/articles/ar%2F%D9%86%D9%88%D9%85%20sleep',
    '/v1/passages/a:1/related',
  ])('answers HEAD %s with headers alone', async (path) => {
    const response = await fetch(service.url + path, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0);
    expect(await response.text()).toBe('');
  });

  test.each([
    ['GET', '/v1/search', 'POST'],
    ['DELETE', '/v1/search', 'POST'],
    ['POST', '/v1/articles/a', 'GET, HEAD'],
    ['POST', '/v1/passages/a:1/related', 'GET, HEAD'],
    ['PUT', '/healthz', 'GET, HEAD'],
    ['POST', '/readyz', 'GET, HEAD'],
    ['OPTIONS', '/docs/errors', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
  ])('refuses %s %s and tells what is allowed', async (method, path, allow) => {
    const response = await fetch(service.url + path, { method });
    expect(response.headers.get('allow')).toBe(allow);
    const error = await errorOf(response, 405, 'METHOD_NOT_ALLOWED');
    expect(error.message).toContain(`${method} is not allowed on "${path}"; allowed: ${allow}`);
  });

  test.each([
    '/v2/search',
    '/v1/search/',
    '/V1/search',
    '/v1/articles/',
    '/v1/passages/related',
    '/v1/passages/a:1',
    '/favicon.ico',
  ])('knows no path %s', async (path) => {
    const response = await fetch(`${service.url + path}?secret=1`);
    const error = await errorOf(response, 404, 'ROUTE_NOT_FOUND');
    expect(error.message).toContain(`"${path}"`);
  });

  test('takes over a harmless request id and replaces any other', async () => {
    const idFor = async (id: string) =>
      (await fetch(`${service.url}/healthz`, { headers: { 'x-request-id': id } })).headers.get(
        'x-request-id',
      );
    expect(await idFor('order-66_a')).toBe('order-66_a');
    for (const bad of ['a b', 'x'.repeat(65), 'é']) expect(await idFor(bad)).toMatch(/^[\da-f-]{36}$/);
  });

  test('logs one line a request, without what was asked', async () => {
    await fetch(`${service.url}/v1/search?q=سري`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'logged-once' },
      body: '{"query": "سؤال سري"}',
    });
    const lines = () => service.logLines.filter((entry) => entry.request_id === 'logged-once');
    await until(() => lines().length > 0);
    expect(lines()).toEqual([
      expect.objectContaining({ level: 30, method: 'POST', path: '/v1/search', status: 200, msg: 'request' }),
    ]);
    expect(typeof lines()[0]!.ms).toBe('number');
    expect(JSON.stringify(service.logLines)).not.toContain('سري');
  });
});
