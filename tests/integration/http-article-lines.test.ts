import { request } from 'node:http';
import { Readable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import type { WriteGivenArticles } from '../../src/tasks/task-run.js';
import { errorOf } from '../unit/http/read-error.js';
import { until } from '../unit/http/start-test-server.js';
import { words } from '../unit/ingest/made-articles.js';
import { type ArticleService, startArticleService } from './article-service.js';

let service: ArticleService;

beforeEach(async () => {
  service = await startArticleService();
});
afterEach(() => service.stop());

const LINES = 'application/x-ndjson';
const line = (id: string, text = words(id)) => `${JSON.stringify({ id, text })}\n`;

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, search = '') =>
  fetch(`${service.url}/v1/articles${search}`, {
    method: 'POST',
    headers: { 'content-type': LINES, ...headers },
    body,
  });

interface Line {
  readonly index?: number;
  readonly line?: number;
  readonly id?: string | null;
  readonly status?: string;
  readonly error?: { code: string; message: string };
  readonly counts?: Record<string, number>;
}

async function linesOf(response: Response): Promise<Line[]> {
  expect(response.headers.get('content-type')).toBe(`${LINES}; charset=utf-8`);
  const text = await response.text();
  return text
    .trimEnd()
    .split('\n')
    .map((one) => JSON.parse(one) as Line);
}

/** Sends what a generator makes, at the pace at which it is taken. */
function stream(url: string, chunks: Iterable<string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { 'content-type': LINES } }, (reply) => {
      let body = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      reply.once('end', () => resolve({ status: reply.statusCode ?? 0, body }));
    });
    sending.once('error', reject);
    Readable.from(chunks).pipe(sending);
  });
}

describe('POST /v1/articles with an article a line', () => {
  test('tells of each on a line of its own, and of all in the last one', async () => {
    await post(line('mill'));
    const body = `${line('mill')}\n{"id": "broken", "text": \n${line('oven')}{"id": "x"}\n\n${line('bridge').trimEnd()}`;
    const response = await post(body);
    expect(response.status).toBe(200);
    const lines = await linesOf(response);
    expect(lines.at(-1)).toEqual({ counts: { created: 2, updated: 0, unchanged: 1, failed: 2 } });
    const results = lines.slice(0, -1).sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
    expect(results).toMatchObject([
      { index: 0, line: 1, id: 'mill', status: 'unchanged' },
      { index: 1, line: 3, id: null, status: 'failed', error: { code: 'ARTICLE_LINE_INVALID' } },
      { index: 2, line: 4, id: 'oven', status: 'created' },
      { index: 3, line: 5, id: null, status: 'failed', error: { code: 'ARTICLE_LINE_INVALID' } },
      { index: 4, line: 7, id: 'bridge', status: 'created' },
    ]);
    expect(results[1]?.error?.message).toBe('HTTP request line 3: the line is not valid JSON.');
    expect(results[3]?.error?.message).toContain('line 5: text is missing');
    expect((await service.found('bridge oven')).sort()).toEqual(['bridge', 'mill', 'oven']);
    await expect.poll(() => service.taskFiles()).toEqual([]);
  });

  test('names an article without an id as an array does', async () => {
    const given = { text: words('mill') };
    const [result] = await linesOf(await post(JSON.stringify(given)));
    const again = await service.send('POST', '/v1/articles', given);
    expect(await again.json()).toEqual({ id: result?.id, status: 'unchanged' });
  });

  test('leaves fields alone that it does not know, as in a .jsonl file', async () => {
    const [result] = await linesOf(await post(JSON.stringify({ id: 'a', text: words('mill'), extra: 1 })));
    expect(result).toMatchObject({ status: 'created' });
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('reads lines that are compressed with %s', async (encoding, compress) => {
    const response = await post(new Uint8Array(compress(line('mill') + line('oven'))), {
      'content-encoding': encoding,
    });
    expect((await linesOf(response)).at(-1)?.counts).toMatchObject({ created: 2 });
  });

  test('answers nothing but counts to an empty body', async () => {
    const none = { created: 0, updated: 0, unchanged: 0, failed: 0 };
    expect(await linesOf(await post(''))).toEqual([{ counts: none }]);
  });

  test('refuses what is not text, and encodings it does not know, leaving nothing behind', async () => {
    await errorOf(await post('\0\0'), 400, 'ARTICLE_FILE_BINARY');
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${line('mill')}`, 'utf16le'));
    await errorOf(await post(utf16), 400, 'ARTICLE_FILE_NOT_UTF8');
    const compressed = new Uint8Array(gzipSync(line('mill')));
    const cut = compressed.slice(0, compressed.length - 9);
    await errorOf(await post(cut, { 'content-encoding': 'gzip' }), 400, 'INVALID_JSON');
    await errorOf(await post(line('mill'), { 'content-encoding': 'zip' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expect(await service.taskFiles()).toEqual([]);
    expect(await service.archive.store.articles({ limit: 10 })).toEqual([]);
  });

  test.each([10, 1_000, 20_000, 2_000_000])(
    'refuses %d bytes that say to be compressed and are not',
    async (sizeBytes) => {
      const response = await post('x'.repeat(sizeBytes), { 'content-encoding': 'gzip' });
      await errorOf(response, 400, 'INVALID_JSON');
      expect(await service.taskFiles()).toEqual([]);
    },
  );

  test('tells of a line that is nested too deeply to be written out, and takes the others', async () => {
    const deep = `{"text":"x","tags":${'['.repeat(20_000)}${']'.repeat(20_000)}}\n`;
    const lines = await linesOf(await post(line('mill') + deep + line('oven')));
    expect(lines.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['created', 'failed', 'created']),
    );
    expect(lines.at(-1)?.counts).toMatchObject({ created: 2, failed: 1 });
  });

  test('ends with the error when the archive fails in the middle', async () => {
    const { store } = service.archive;
    const putArticle = store.putArticle.bind(store);
    let hasMill = false;
    store.putArticle = async (input) => {
      if (input.article.id === 'mill') return putArticle(input).finally(() => (hasMill = true));
      await until(() => hasMill);
      // Long enough for the first line to be told.
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new FihristError('DISK_FULL', 'the disk is full');
    };
    const lines = await linesOf(await post(line('mill') + line('oven')));
    expect(lines).toMatchObject([{ id: 'mill', status: 'created' }, { error: { code: 'DISK_FULL' } }]);
    expect(service.logLines).toContainEqual(
      expect.objectContaining({ msg: 'request refused', code: 'DISK_FULL' }),
    );
    await errorOf(await post(line('oven')), 503, 'DISK_FULL');
    await expect.poll(() => service.taskFiles()).toEqual([]);
  });

  test('leaves nothing behind of a caller that goes in the middle', async () => {
    const controller = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start: (sending) => sending.enqueue(Buffer.from(line('mill'))),
    });
    const init = {
      method: 'POST',
      headers: { 'content-type': LINES },
      body,
      duplex: 'half',
      signal: controller.signal,
    };
    const sending = fetch(`${service.url}/v1/articles`, init as RequestInit);
    await expect.poll(() => service.taskFiles()).toHaveLength(1);
    controller.abort();
    await expect(sending).rejects.toThrow();
    await expect.poll(() => service.taskFiles()).toEqual([]);
    await until(() => service.logLines.length > 0);
    expect(service.logLines).toEqual([expect.objectContaining({ status: null, aborted: true })]);
  });
});

describe('a batch that is too large to wait for', () => {
  test('of 5,000 lines becomes a task, and all of it is found in the end', async () => {
    function* bodies() {
      for (let i = 0; i < 5_000; i++) {
        yield i === 2_500
          ? '{"id": "broken"\n'
          : line(`article-${i}`, `The keeper of tower number${i} wrote a diary.`);
      }
    }
    const { status, body } = await stream(`${service.url}/v1/articles`, bodies());
    expect(status).toBe(202);
    const { task } = JSON.parse(body) as { task: { id: string; articles_total: number } };
    expect(task.articles_total).toBe(5_000);
    await until(() => service.tasks.get(task.id).finishedAt !== null, 120_000);
    const end = (await (await service.send('GET', `/v1/tasks/${task.id}`)).json()) as object;
    expect(end).toMatchObject({
      state: 'succeeded',
      articles_done: 5_000,
      counts: { created: 4_999, updated: 0, unchanged: 0, failed: 1 },
      errors: [{ index: 2_500, line: 2_501, id: null, error: { code: 'ARTICLE_LINE_INVALID' } }],
    });
    expect((await service.found('number4321'))[0]).toBe('article-4321');
  }, 180_000);
});

describe('a body of any length', () => {
  test('is taken in with flat memory', async () => {
    const seen = { articles: 0, failed: 0 };
    const write: WriteGivenArticles = async (articles, { onResult }) => {
      for await (const { index, article } of articles) {
        seen.articles += 1;
        const isBroken = article instanceof FihristError;
        if (isBroken) seen.failed += 1;
        onResult({ index, id: isBroken ? null : article.id, status: isBroken ? 'failed' : 'created' });
      }
    };
    const counting = await startArticleService({}, write);
    const text = 'word '.repeat(8_000);
    const used = () => {
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    let peak = 0;
    function* bodies() {
      for (let i = 0; i < 5_000; i++) {
        if (i % 50 === 0) peak = Math.max(peak, used());
        yield line(`a-${i}`, text);
      }
    }
    globalThis.gc?.();
    const before = used();
    const { status, body } = await stream(`${counting.url}/v1/articles`, bodies());
    expect(status).toBe(202);
    const { task } = JSON.parse(body) as { task: { id: string } };
    await until(() => {
      peak = Math.max(peak, used());
      return counting.tasks.get(task.id).finishedAt !== null;
    }, 60_000);
    // 200 MB went through.
    expect(peak - before).toBeLessThan(100_000_000);
    expect(seen).toEqual({ articles: 5_000, failed: 0 });
    await counting.stop();
  }, 120_000);

  test('is sent no faster than it is taken', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let taken = 0;
    const { tasks } = service;
    const slow = await startArticleService({
      tasks: () => ({
        receive: async (chunks, form) => {
          for await (const chunk of chunks) {
            taken += chunk.length;
            await held;
          }
          return tasks.receive(Readable.from([Buffer.from(line('mill'))]), form);
        },
        articlesOf: (payload) => tasks.articlesOf(payload),
        discard: (payload) => tasks.discard(payload),
        add: (payload) => tasks.add(payload),
        get: (id) => tasks.get(id),
        list: (options) => tasks.list(options),
        cancel: (id) => tasks.cancel(id),
      }),
    });
    let sent = 0;
    function* bodies() {
      for (let i = 0; i < 1_000; i++) {
        const one = line('a', 'x'.repeat(100_000));
        sent += one.length;
        yield one;
      }
    }
    const sending = stream(`${slow.url}/v1/articles`, bodies());
    await until(() => taken > 0);
    let before = -1;
    while (sent > before) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(sent).toBeLessThan(50_000_000);
    release();
    expect((await sending).status).toBe(200);
    expect(taken).toBe(sent);
    await slow.stop();
  }, 60_000);
});
