import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import type { SearchRequest } from '../../src/search/search-request.js';
import { errorOf } from '../unit/http/read-error.js';
import { sampleResult } from '../unit/http/sample-archive.js';
import { startTestServer, TEST_MAX_BODY_BYTES, type TestServer } from '../unit/http/start-test-server.js';

const asked: SearchRequest[] = [];
let failure: unknown = null;
let service: TestServer;

beforeAll(async () => {
  service = await startTestServer({
    search: async (request) => {
      asked.push(request);
      if (failure !== null) throw failure;
      return sampleResult;
    },
  });
});
afterAll(() => service.server.close(1_000));

const json = { 'content-type': 'application/json' };

function search(body: string | Buffer, headers: Record<string, string> = json): Promise<Response> {
  return fetch(`${service.url}/v1/search`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

describe('POST /v1/analyze', () => {
  const analyze = (body: string) =>
    fetch(`${service.url}/v1/analyze`, { method: 'POST', headers: json, body });

  test('answers with the words of the text', async () => {
    const response = await analyze('{"text": "المدن"}');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      language: 'ar',
      tokens: [{ start: 0, end: 5, text: 'المدن', folded: 'المدن', stem: 'مدن', stop_word: false }],
      phrases: [],
    });
  });

  test.each([
    ['{"text": "؟"}', 'QUERY_EMPTY'],
    [`{"text": "${'a'.repeat(10_001)}"}`, 'QUERY_TOO_LONG'],
    ['{"text": ["a"]}', 'INVALID_REQUEST'],
    ['{"text": "a", "query": "a"}', 'UNKNOWN_FIELD'],
    ['{"text": ', 'INVALID_JSON'],
  ])('refuses %.40s with %s', async (body, code) => {
    await errorOf(await analyze(body), 400, code);
  });

  test('allows no other method', async () => {
    const response = await fetch(`${service.url}/v1/analyze`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('POST /v1/search', () => {
  test('answers with the documented fields', async () => {
    const response = await search('{"query": "لماذا ننام؟", "limit": 2, "languages": ["ar"]}');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('x-powered-by')).toBeNull();
    const reply = (await response.json()) as { hits: unknown[] };
    expect(Object.keys(reply)).toEqual([
      'hits',
      'total',
      'query_language',
      'answerable',
      'answer_probability',
      'took_ms',
      'index_generation',
      'model_fingerprint',
    ]);
    expect(reply.hits).toHaveLength(2);
    expect(asked.at(-1)).toEqual({
      query: 'لماذا ننام؟',
      limit: 2,
      offset: 0,
      mode: 'hybrid',
      languages: ['ar'],
      diversity: 0,
      explain: false,
    });
  });

  test('takes mode, filters, grouping, diversity and explanation', async () => {
    const filters = {
      type: 'and',
      filters: [
        { type: 'gte', key: 'published_at', value: '2024-03-01' },
        { type: 'in', key: 'tags', value: ['health', 'نوم'] },
      ],
    };
    const body = {
      query: 'sleep',
      mode: 'keyword',
      filters,
      group_by: 'article',
      diversity: 0.3,
      explain: true,
    };
    const response = await search(JSON.stringify(body));
    expect(response.status).toBe(200);
    expect(asked.at(-1)).toMatchObject({
      mode: 'keyword',
      groupBy: 'article',
      diversity: 0.3,
      explain: true,
      filters: {
        type: 'and',
        filters: [
          { type: 'in', key: 'publishedAt', periods: [{ startMs: Date.UTC(2024, 2, 1) }] },
          { type: 'in', key: 'tags', values: ['health', 'نوم'] },
        ],
      },
    });
  });

  test('reads a compressed body and a charset that is UTF-8', async () => {
    const response = await search(gzipSync('{"query": "sleep"}'), {
      'content-type': 'Application/JSON; charset="UTF-8"',
      'content-encoding': 'gzip',
    });
    expect(response.status).toBe(200);
  });

  test.each([
    ['an unknown field', '{"query": "a", "q": 1}', 'UNKNOWN_FIELD'],
    ['a __proto__ key', '{"query": "a", "__proto__": {"limit": 5}}', 'UNKNOWN_FIELD'],
    ['an unknown mode', '{"query": "a", "mode": "sparse"}', 'INVALID_REQUEST'],
    ['grouping by another thing', '{"query": "a", "group_by": "source"}', 'INVALID_REQUEST'],
    ['a diversity over 1', '{"query": "a", "diversity": 1.5}', 'INVALID_REQUEST'],
    ['an explain of 1', '{"query": "a", "explain": 1}', 'INVALID_REQUEST'],
    ['a filter that is none', '{"query": "a", "filters": {}}', 'INVALID_REQUEST'],
    [
      'an unknown field in a filter',
      '{"query": "a", "filters": {"type": "eq", "key": "tags", "values": ["x"]}}',
      'UNKNOWN_FIELD',
    ],
    [
      'a filter nested thousands deep',
      `{"query": "a", "filters": ${'{"type":"or","filters":['.repeat(2_000)}${']}'.repeat(2_000)}}`,
      'INVALID_REQUEST',
    ],
    ['a limit of 0', '{"query": "a", "limit": 0}', 'INVALID_REQUEST'],
    ['a limit of 1e999', '{"query": "a", "limit": 1e999}', 'INVALID_REQUEST'],
    ['a page beyond the last rank', '{"query": "a", "offset": 999, "limit": 2}', 'INVALID_REQUEST'],
    ['no language', '{"query": "a", "languages": []}', 'INVALID_REQUEST'],
    ['an array', '[{"query": "a"}]', 'INVALID_REQUEST'],
    ['a bare string', '"query"', 'INVALID_REQUEST'],
    ['null', 'null', 'INVALID_REQUEST'],
    ['no query', '{}', 'INVALID_REQUEST'],
    ['an empty query', '{"query": " ؟ "}', 'QUERY_EMPTY'],
    ['a query over the limit', `{"query": "${'a'.repeat(10_001)}"}`, 'QUERY_TOO_LONG'],
    ['deep nesting', `{"query": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'INVALID_REQUEST'],
    ['deep nesting that never ends', '['.repeat(50_000), 'INVALID_REQUEST'],
    ['broken JSON', '{"query": }', 'INVALID_JSON'],
    ['an empty body', '', 'INVALID_JSON'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'INVALID_JSON'],
    ['UTF-16', Buffer.from('\uFEFF{"query": "نوم"}', 'utf16le'), 'INVALID_JSON'],
  ])('refuses %s as the fault of the caller', async (_name, body, code) => {
    const before = asked.length;
    const error = await errorOf(await search(body), 400, code);
    expect(error.type).toBe('caller');
    expect(asked).toHaveLength(before);
  });

  test('says where broken JSON breaks', async () => {
    const error = await errorOf(await search('{"query": }'), 400, 'INVALID_JSON');
    expect(error.message).toContain(
      'at position 10 (line 1, column 11) "}" stands where a value was expected',
    );
    expect(error.details).toMatchObject({ position: 10, line: 1, column: 11 });
  });

  test('refuses a body over the limit with both numbers', async () => {
    const size = TEST_MAX_BODY_BYTES + 1;
    const error = await errorOf(await search('a'.repeat(size)), 413, 'BODY_TOO_LARGE');
    expect(error.details).toEqual({ limit: TEST_MAX_BODY_BYTES, value: size });
    expect(error.message).toContain(`has ${size} bytes; at most ${TEST_MAX_BODY_BYTES}`);
  });

  test('counts a compressed body as it is after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000, 'a'));
    const response = await search(bomb, { ...json, 'content-encoding': 'gzip' });
    const error = await errorOf(response, 413, 'BODY_TOO_LARGE');
    expect(error.message).toContain('at least');
  });

  test('refuses a compressed body that is none', async () => {
    const response = await search('{"query": "a"}', { ...json, 'content-encoding': 'gzip' });
    expect((await errorOf(response, 400, 'INVALID_JSON')).message).toContain('decompressed');
  });

  test.each([
    [{ 'content-type': 'application/x-www-form-urlencoded' }],
    [{ 'content-type': 'text/plain' }],
    [{ 'content-type': 'application/json; charset=windows-1256' }],
    [{ 'content-type': 'application/json', 'content-encoding': 'zip' }],
  ])('refuses a body of another type: %o', async (headers) => {
    await errorOf(
      await search('{"query": "a"}', headers as Record<string, string>),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
  });

  test('refuses a body whose type is not told', async () => {
    const response = await fetch(`${service.url}/v1/search`, { method: 'POST' });
    expect((await errorOf(response, 415, 'UNSUPPORTED_MEDIA_TYPE')).message).toContain('is missing');
  });
});

describe('a search that fails', () => {
  async function failingWith(error: unknown): Promise<Response> {
    failure = error;
    try {
      return await search('{"query": "سؤال سري"}');
    } finally {
      failure = null;
    }
  }

  test('because the archive is not open yet is 503 and may be tried again', async () => {
    const response = await failingWith(new FihristError('NOT_READY', 'The model is being opened.'));
    expect(response.headers.get('retry-after')).toBe('5');
    expect((await errorOf(response, 503, 'NOT_READY')).type).toBe('operator');
  });

  test.each([[new Error('secret detail')], ['a string'], [undefined]])(
    'for an unknown reason (%s) is 500 with the request id, and only the log has the reason',
    async (reason) => {
      const response = await failingWith(reason ?? Object.create(null));
      const id = response.headers.get('x-request-id');
      const error = await errorOf(response, 500, 'INTERNAL');
      expect(error.type).toBe('bug');
      expect(error.details).toEqual({ request_id: id });
      expect(JSON.stringify(error)).not.toContain('secret detail');
      const line = service.logLines.find((entry) => entry.request_id === id && entry.level === 50);
      if (reason instanceof Error) expect(JSON.stringify(line)).toContain('http-search.test.ts');
      expect(line).toBeDefined();
    },
  );

  test('because of a bug that the catalogue knows is 500 and logged', async () => {
    const response = await failingWith(new FihristError('EMBEDDING_FAILED', 'The model gave no vector.'));
    const id = response.headers.get('x-request-id');
    await errorOf(response, 500, 'EMBEDDING_FAILED');
    expect(service.logLines.some((entry) => entry.request_id === id && entry.level === 50)).toBe(true);
  });
});
