import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asPassageId } from '../../src/domain/passage.js';
import { passageNotFound, type RelatedRequest } from '../../src/search/related-request.js';
import { errorOf } from '../unit/http/read-error.js';
import { sampleRelated } from '../unit/http/sample-archive.js';
import { startTestServer, type TestServer } from '../unit/http/start-test-server.js';

const asked: RelatedRequest[] = [];
let service: TestServer;

beforeAll(async () => {
  service = await startTestServer({
    related: async (request) => {
      asked.push(request);
      if (request.passageId.startsWith('nothing')) throw passageNotFound(request.passageId);
      return sampleRelated;
    },
  });
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => service.server.close(1_000));

const related = (written: string) => fetch(`${service.url}/v1/passages/${written}`);

describe('GET /v1/passages/{id}/related', () => {
  test('answers with the documented fields', async () => {
    const response = await related('a:1/related?limit=2&languages=ar&same_article=true');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const reply = (await response.json()) as { hits: Array<Record<string, unknown>> };
    expect(Object.keys(reply)).toEqual([
      'passage_id',
      'hits',
      'took_ms',
      'index_generation',
      'model_fingerprint',
    ]);
    expect(reply).toMatchObject({ passage_id: sampleRelated.passageId, index_generation: 7 });
    expect(reply.hits.map((hit) => [hit.id, hit.same_story])).toEqual([
      ['ar/sleep:0123456789', true],
      ['en/sleep:9876543210', false],
    ]);
    expect(asked).toEqual([{ passageId: 'a:1', limit: 2, languages: ['ar'], sameArticle: true }]);
  });

  test.each([
    ['ar/نوم sleep:0123456789-2', 'ar/نوم sleep:0123456789-2'],
    [encodeURIComponent('ar/نوم sleep:0123456789'), 'ar/نوم sleep:0123456789'],
    ['news//2024/a%3A:1', 'news//2024/a::1'],
    ['a/related:1', 'a/related:1'],
    ['a%2Frelated', 'a/related'],
    ['100%25%3Fa%23b:1', '100%?a#b:1'],
    ['a%252Fb:1', 'a%2Fb:1'],
    ['a+b:1', 'a+b:1'],
  ])('reads the id written as %s', async (written, id) => {
    expect((await related(`${written}/related`)).status).toBe(200);
    expect(asked.map((request) => request.passageId)).toEqual([id]);
  });

  test('says which passage there is not', async () => {
    const error = await errorOf(await related('nothing/here:1/related'), 404, 'PASSAGE_NOT_FOUND');
    expect(error.message).toBe('No passage has the id "nothing/here:1".');
    expect(error.details).toEqual({ id: 'nothing/here:1' });
  });

  test('repeats only the beginning of an id that is very long', () => {
    const { message } = passageNotFound(asPassageId('x'.repeat(5_000)));
    expect(message).toBe(`No passage has the id "${'x'.repeat(100)}…".`);
  });

  test.each([
    ['a:1/related?limit=0', 400, 'INVALID_REQUEST'],
    ['a:1/related?languages=fr', 400, 'INVALID_REQUEST'],
    ['a:1/related?offset=10', 400, 'UNKNOWN_FIELD'],
    ['a:1/related/', 404, 'ROUTE_NOT_FOUND'],
    ['a:1/Related', 404, 'ROUTE_NOT_FOUND'],
  ])('refuses %s before anything is looked for', async (path, status, code) => {
    await errorOf(await related(path), status, code);
    expect(asked).toEqual([]);
  });
});
