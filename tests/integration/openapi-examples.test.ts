import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route, RouteExample } from '../../src/http/route.js';
import { document, routes } from '../unit/http/openapi-document.js';
import { replyProblems } from '../unit/http/reply-problems.js';
import type { TestServer } from '../unit/http/start-test-server.js';
import { startSampleService } from './sample-service.js';

let ready = true;
let service: TestServer;

beforeAll(async () => {
  service = await startSampleService({
    readiness: () => ({
      ready,
      reasons: ready ? [] : [{ code: 'INDEXING', message: 'the articles are being indexed' }],
      indexing: ready ? null : { articlesDone: 1, articlesTotal: 48 },
    }),
  });
});
afterAll(() => service.server.close(1_000));

const examples = routes.flatMap((route) =>
  Object.entries(route.examples).map(([name, example]) => [route.operationId, name, route, example] as const),
);

/** The request of an example, as a client makes it that knows nothing but the OpenAPI document. */
function request({ method, path, body }: Route, { path: inPath, query, ...example }: RouteExample) {
  const filledIn = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath?.[name] ?? ''));
  const search = Object.entries(query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  const address = `${service.url}${filledIn}${search.length === 0 ? '' : `?${search.join('&')}`}`;
  if (body === undefined) return fetch(address, { method: method.toUpperCase() });
  const mediaTypes = body.kind === 'json' ? ['application/json'] : Object.keys(body.content);
  const mediaType = example.mediaType ?? mediaTypes[0] ?? '';
  const text = typeof example.body === 'string' && mediaType !== 'application/json';
  return fetch(address, {
    method: method.toUpperCase(),
    headers: { ...example.headers, 'content-type': mediaType },
    body: text ? String(example.body) : JSON.stringify(example.body),
  });
}

describe('the examples of the OpenAPI document', () => {
  test.each(examples)('%s, %s: gives a reply as documented', async (operationId, _name, route, example) => {
    const status = example.status ?? 200;
    ready = status !== 503;
    const response = await request(route, example);
    const mediaType = response.headers.get('content-type')?.split(';')[0] ?? '';
    const text = await response.text();
    expect(response.status, text.slice(0, 300)).toBe(status);
    const bodies: unknown[] = mediaType.endsWith('/json') ? [JSON.parse(text)] : [text];
    const lines = text.split('\n').filter((line) => line !== '');
    for (const body of mediaType.endsWith('ndjson')
      ? lines.map((line) => JSON.parse(line) as unknown)
      : bodies) {
      expect(replyProblems({ operationId, status, mediaType, body })).toEqual([]);
    }
  });

  test.each(examples.filter(([, , , { reply }]) => reply !== undefined))(
    '%s, %s: shows a reply that could come',
    (operationId, _name, _route, { status = 200, reply }) => {
      expect(replyProblems({ operationId, status, mediaType: 'application/json', body: reply })).toEqual([]);
    },
  );

  test('find something', async () => {
    const hits = await Promise.all(
      examples
        .filter(([operationId]) => operationId === 'search' || operationId === 'related')
        .map(
          async ([, , route, example]) =>
            (await request(route, example)).json() as Promise<{ hits: unknown[] }>,
        ),
    );
    expect(hits.length).toBeGreaterThan(4);
    for (const reply of hits) expect(reply.hits).toHaveLength(1);
  });

  test('are held to the document that is served', async () => {
    const served = await (await fetch(`${service.url}/openapi.json`)).json();
    expect(served).toEqual(document);
  });
});

describe('replies that are not as documented', () => {
  const error = {
    code: 'QUERY_EMPTY',
    message: 'm',
    type: 'caller',
    details: {},
    link: '/docs/errors#query_empty',
  };
  const given = { operationId: 'search', status: 400, mediaType: 'application/json' };

  test('are told from those that are', () => {
    expect(replyProblems({ ...given, body: { error } })).toEqual([]);
    expect(replyProblems({ ...given, body: { error: { ...error, secret: 1 } } })).toHaveLength(1);
    expect(replyProblems({ ...given, body: { error: { ...error, code: 'NO_SUCH' } } })).toHaveLength(1);
    expect(replyProblems({ ...given, status: 418, body: { error } })).toHaveLength(1);
  });
});
