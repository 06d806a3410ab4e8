import { afterEach, describe, expect, test } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import type { Gate } from '../../src/http/gate.js';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import type { EndedRequest } from '../../src/http/observe-request.js';
import { errorOf } from '../unit/http/read-error.js';
import { sampleResult } from '../unit/http/sample-archive.js';
import { startTestServer, type TestServer, until } from '../unit/http/start-test-server.js';

let service: TestServer;

async function start(overrides: Partial<HttpServerOptions>): Promise<void> {
  service = await startTestServer(overrides);
}
afterEach(() => service.server.close(1_000));

const search = (body = '{"query": "sleep"}') =>
  fetch(`${service.url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });

const refusal = () => new FihristError('NOT_READY', 'Not now.');

describe('a gate', () => {
  test('is passed in its turn, with the route of the request, before the body is read', async () => {
    const passed: string[] = [];
    const gate = (name: string, wait: boolean): Gate => ({
      errorsOf: () => [],
      check: ({ route, req }) => {
        passed.push(`${name} ${route.operationId} ${route.scope} ${route.lane} ${String(req.body)}`);
        return wait ? new Promise((resolve) => setTimeout(resolve, 5)) : undefined;
      },
    });
    await start({
      gates: [gate('first', true), gate('second', false)],
      search: async () => {
        passed.push('search');
        return sampleResult;
      },
    });
    expect((await search()).status).toBe(200);
    expect(passed).toEqual([
      'first search search search undefined',
      'second search search search undefined',
      'search',
    ]);
  });

  test.each([
    [
      'at once',
      (): void => {
        throw refusal();
      },
    ],
    ['after a while', () => new Promise<void>((_, reject) => setTimeout(() => reject(refusal()), 5))],
  ])('that refuses %s keeps the request from all that comes after it', async (_when, check) => {
    const reached: string[] = [];
    await start({
      gates: [
        { errorsOf: () => ['NOT_READY'], check },
        {
          errorsOf: () => [],
          check: () => {
            reached.push('second gate');
          },
        },
      ],
      search: async () => {
        reached.push('search');
        return sampleResult;
      },
    });
    const error = await errorOf(await search('no JSON at all'), 503, 'NOT_READY');
    expect(error.message).toBe('Not now.');
    expect(reached).toEqual([]);
  });

  test('may put headers on the reply, and hears when it is over', async () => {
    let open = 0;
    await start({
      gates: [
        {
          errorsOf: () => [],
          check: ({ res }) => {
            open += 1;
            res.setHeader('x-open', open);
            res.once('close', () => {
              open -= 1;
            });
          },
        },
      ],
    });
    expect((await search()).headers.get('x-open')).toBe('1');
    await until(() => open === 0);
    await errorOf(await search('{'), 400, 'INVALID_JSON');
    await until(() => open === 0);
  });

  test('stands before HEAD too, and is not asked where there is no route', async () => {
    const asked: string[] = [];
    await start({
      gates: [
        {
          errorsOf: () => [],
          check: ({ route, req }) => {
            asked.push(`${req.method} ${route.path}`);
          },
        },
      ],
    });
    await fetch(`${service.url}/healthz`, { method: 'HEAD' });
    await fetch(`${service.url}/nothing`);
    await fetch(`${service.url}/healthz`, { method: 'DELETE' });
    expect(asked).toEqual(['HEAD /healthz']);
  });

  test('is told of in the OpenAPI document', async () => {
    await start({
      gates: [
        {
          errorsOf: ({ scope }) => (scope === 'public' ? [] : ['CORPUS_EMPTY']),
          check: () => {},
        },
      ],
    });
    const { paths } = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { responses: unknown }>>;
    };
    expect(JSON.stringify(paths['/v1/search']?.post?.responses)).toContain('CORPUS_EMPTY');
    expect(JSON.stringify(paths['/healthz']?.get?.responses)).not.toContain('CORPUS_EMPTY');
  });
});

describe('an observer', () => {
  test('is told of every request when it is over: its route, status and error', async () => {
    const ended: EndedRequest[] = [];
    await start({
      observers: [(one) => ended.push(one)],
      search: async ({ query }) => {
        if (query === 'fail') throw new FihristError('NOT_READY', 'Not now.');
        return sampleResult;
      },
    });
    await search();
    await search('{"query": "fail"}');
    await fetch(`${service.url}/v1/articles/en/nothing?secret=1`);
    await fetch(`${service.url}/nothing`);
    await fetch(`${service.url}/healthz`, { method: 'PUT', headers: { 'x-request-id': 'mine' } });
    await until(() => ended.length === 5);
    expect(
      ended.map(({ route, method, path, status, errorCode }) => [
        route?.path ?? null,
        method,
        path,
        status,
        errorCode,
      ]),
    ).toEqual([
      ['/v1/search', 'POST', '/v1/search', 200, null],
      ['/v1/search', 'POST', '/v1/search', 503, 'NOT_READY'],
      ['/v1/articles/{id}', 'GET', '/v1/articles/en/nothing', 404, 'ARTICLE_NOT_FOUND'],
      [null, 'GET', '/nothing', 404, 'ROUTE_NOT_FOUND'],
      [null, 'PUT', '/healthz', 405, 'METHOD_NOT_ALLOWED'],
    ]);
    expect(ended[4]?.requestId).toBe('mine');
    for (const { durationMs } of ended) expect(durationMs).toBeGreaterThan(0);
  });

  test('is told of a caller who did not wait', async () => {
    const ended: EndedRequest[] = [];
    let asked = false;
    await start({
      observers: [(one) => ended.push(one)],
      search: (_request, { signal }) =>
        new Promise((_, reject) => {
          asked = true;
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    const caller = new AbortController();
    const request = fetch(`${service.url}/v1/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query": "sleep"}',
      signal: caller.signal,
    }).catch(() => {});
    await until(() => asked);
    caller.abort();
    await request;
    await until(() => ended.length === 1);
    expect(ended[0]).toMatchObject({ status: null, errorCode: null });
  });
});
