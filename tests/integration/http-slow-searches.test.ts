import { afterEach, describe, expect, test } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import { sampleResult } from '../unit/http/sample-archive.js';
import { startTestServer, type TestServer, until } from '../unit/http/start-test-server.js';

let service: TestServer;
afterEach(() => service.server.close(1_000));

/** A search that takes as many milliseconds as its question says, and tells of it. */
const search: HttpServerOptions['search'] = async ({ query }, { stages, signal }) => {
  const [ms = '0', what] = query.split(' ');
  stages?.took('words', 10, 10.26);
  stages?.found({ admitted: 287, byVector: 100, byWords: 13 });
  await new Promise<void>((resolve, reject) => {
    setTimeout(resolve, Number(ms));
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
  if (what === 'broken') throw new FihristError('WORKER_STOPPED', 'The thread has stopped.');
  stages?.took('rank', 11, 31.04);
  stages?.found({ ranked: 105 });
  return sampleResult;
};

async function start(showsQuery = false, thresholdMs = 50): Promise<void> {
  service = await startTestServer({ search, slowSearches: { thresholdMs, showsQuery } });
}

const ask = (query: string, init: RequestInit & { fields?: object } = {}) =>
  fetch(`${service.url}/v1/search`, {
    method: 'POST',
    ...init,
    headers: { 'content-type': 'application/json', 'x-request-id': 'r1', ...init.headers },
    body: JSON.stringify({ query, ...init.fields }),
  });

const slowLines = () => service.logLines.filter(({ msg }) => msg === 'slow search');

describe('a slow search', () => {
  test('gets a line with where its time went, what it found, and what was asked, but for the question', async () => {
    await start();
    await ask('60 سري', { fields: { languages: ['ar'], limit: 5, group_by: 'article' } });
    await until(() => slowLines().length > 0);
    const [line] = slowLines();
    expect(line).toMatchObject({
      level: 40,
      request_id: 'r1',
      status: 200,
      stages_ms: { words: 0.3, rank: 20 },
      candidates: { admitted: 287, by_vector: 100, by_words: 13, ranked: 105 },
      search: {
        query_characters: 6,
        mode: 'hybrid',
        limit: 5,
        offset: 0,
        is_narrowed: true,
        is_grouped: true,
      },
    });
    expect(line!.ms).toBeGreaterThanOrEqual(59);
    expect(JSON.stringify(service.logLines)).not.toContain('سري');
  });

  test('gets its question into the line where that is wanted', async () => {
    await start(true);
    await ask('60 moon');
    await until(() => slowLines().length > 0);
    expect(slowLines()[0]).toMatchObject({ search: { query: '60 moon', is_narrowed: false } });
  });

  test('gets none when it was quick', async () => {
    await start(false, 2_000);
    await ask('1');
    await until(() => service.logLines.length > 0);
    expect(slowLines()).toEqual([]);
  });

  test('gets one when it failed, with the code and as far as it came', async () => {
    await start();
    await ask('60 broken');
    await until(() => slowLines().length > 0);
    expect(slowLines()[0]).toMatchObject({ status: 503, code: 'WORKER_STOPPED', stages_ms: { words: 0.3 } });
    expect(slowLines()[0]!.candidates).not.toHaveProperty('ranked');
  });

  test('gets one when its caller did not wait for it', async () => {
    await start();
    const leaving = new AbortController();
    const asked = ask('5000', { signal: leaving.signal }).catch((error: Error) => error.name);
    setTimeout(() => leaving.abort(), 80);
    expect(await asked).toBe('AbortError');
    await until(() => slowLines().length > 0);
    expect(slowLines()[0]).toMatchObject({ status: null });
    expect(slowLines()[0]!.ms).toBeLessThan(4_000);
  });
});
