import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BATCH_LIMITS, cutBatches } from '../../../src/client/article-batches.js';
import type { AddedArticle, AddingProgress, ArticleToWrite } from '../../../src/client/fihrist-client.js';
import {
  collect,
  failureOf,
  json,
  refusal,
  type SentRequest,
  scriptedClient,
  streamed,
} from './scripted-fetch.js';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const made = (count: number): ArticleToWrite[] =>
  Array.from({ length: count }, (_, i) => ({ id: `a-${i}`, text: `Article ${i}.` }));
const linesOf = ({ body = '' }: SentRequest) => body.split('\n').filter((line) => line !== '');
const idsOf = (request: SentRequest) =>
  linesOf(request).map((line) => (JSON.parse(line) as { id: string }).id);
const told = (index: number, id: string, status = 'created') =>
  `${JSON.stringify({ index, line: index + 1, id, status })}\n`;
const END = '{"counts":{"created":0,"updated":0,"unchanged":0,"failed":0}}\n';

/** Takes all that is sent, and tells of it backwards. */
const takes =
  (status = 'created') =>
  (request: SentRequest) => {
    const lines = idsOf(request).map((id, index) => told(index, id, status));
    return streamed([...lines.reverse(), END]);
  };

async function settled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  await vi.advanceTimersByTimeAsync(400_000);
  return promise;
}

describe('batches', () => {
  test('are within the limits, unless an article alone is not, and have all articles in order', async () => {
    const sizes = fc.array(fc.oneof(fc.nat(2_000), fc.nat(BATCH_LIMITS.sizeBytes + 5_000)), {
      maxLength: 40,
    });
    const most = fc.integer({ min: 1, max: BATCH_LIMITS.articles });
    await fc.assert(
      fc.asyncProperty(sizes, most, async (lengths, mostArticles) => {
        const articles = lengths.map((length, i) => ({ id: `${i}`, text: 'ع'.repeat(length / 2) }));
        const batches = await collect(cutBatches(articles, mostArticles));
        const bytes = (lines: string) => new TextEncoder().encode(lines).length;
        for (const [i, batch] of batches.entries()) {
          const sizeBytes = bytes(batch.map(({ line }) => line).join(''));
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(mostArticles);
          expect(sizeBytes <= BATCH_LIMITS.sizeBytes || batch.length === 1).toBe(true);
          // None could have had the first of the next one, too.
          const next = batches[i + 1]?.[0];
          const room = sizeBytes + (next?.sizeBytes ?? Infinity) <= BATCH_LIMITS.sizeBytes;
          expect(room && batch.length < mostArticles).toBe(false);
        }
        expect(batches.flat().map(({ index }) => index)).toEqual(lengths.map((_, i) => i));
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['a string', 'text', 'articles[1] must be an object, not string.'],
    ['null', null, 'articles[1] must be an object, not null.'],
    ['a number too big for JSON', { text: 1n }, /^articles\[1\] must be an object that JSON can hold/],
  ])('hold no %s', async (_name, wrong, message) => {
    const { client, requests } = scriptedClient([]);
    const thrown = await failureOf(client.addArticles([{ text: 'x' }, wrong as unknown as ArticleToWrite]));
    expect(thrown).toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(thrown.message).toMatch(message);
    expect(requests).toEqual([]);
  });
});

describe('adding articles', () => {
  test('sends lines, and tells of each article by its place among all', async () => {
    const { client, requests } = scriptedClient([takes(), takes('unchanged'), takes('updated')]);
    const results: AddedArticle[] = [];
    const { counts, failures } = await client.addArticles(made(205), {
      onResult: (result) => results.push(result),
    });
    expect(requests.map((request) => linesOf(request).length)).toEqual([100, 100, 5]);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      target: '/v1/articles',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(counts).toEqual({ created: 100, updated: 5, unchanged: 100, failed: 0 });
    expect(failures).toEqual([]);
    expect(results[0]).toEqual({ index: 99, id: 'a-99', status: 'created' });
    expect(results.map(({ index }) => index).sort((a, b) => a - b)).toEqual(made(205).map((_, i) => i));
    for (const { index, id } of results) expect(id).toBe(`a-${index}`);
  });

  test('sends nothing when there is nothing', async () => {
    const { client, requests } = scriptedClient([]);
    expect((await client.addArticles([])).counts).toEqual({
      created: 0,
      updated: 0,
      unchanged: 0,
      failed: 0,
    });
    expect(requests).toEqual([]);
  });

  test('keeps the first hundred that failed', async () => {
    const error = { code: 'ARTICLE_WITHOUT_TEXT', message: 'm', type: 'caller', details: {}, link: '/x' };
    const fails = (request: SentRequest) =>
      streamed([
        ...idsOf(request).map((id, index) => `${JSON.stringify({ index, id, status: 'failed', error })}\n`),
        END,
      ]);
    const { client } = scriptedClient([fails, fails]);
    const { counts, failures } = await client.addArticles(made(150));
    expect(counts.failed).toBe(150);
    expect(failures).toHaveLength(100);
    expect(failures[99]).toEqual({ index: 99, id: 'a-99', status: 'failed', error });
  });

  test('tells how far it is, how fast, and how long it will take', async () => {
    const slowly = (request: SentRequest) =>
      new Response(
        new ReadableStream({
          start: async (controller) => {
            for (const [index, id] of idsOf(request).entries()) {
              await new Promise((resolve) => setTimeout(resolve, 500));
              controller.enqueue(new TextEncoder().encode(told(index, id)));
            }
            controller.enqueue(new TextEncoder().encode(END));
            controller.close();
          },
        }),
      );
    const { client } = scriptedClient([slowly, slowly, slowly]);
    const steps: AddingProgress[] = [];
    await settled(client.addArticles(made(6), { batchSize: 2, onProgress: (step) => steps.push(step) }));
    expect(steps.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(steps[2]).toMatchObject({ total: 6, counts: { created: 3, failed: 0 } });
    expect(steps[2]?.articlesPerSecond).toBeCloseTo(2, 1);
    expect(steps[2]?.secondsLeft).toBeCloseTo(1.5, 1);
    expect(steps[5]?.secondsLeft).toBe(0);
  });

  test('does not know how long an endless source will take, unless it is told', async () => {
    async function* source() {
      yield* made(3);
    }
    const steps: AddingProgress[] = [];
    const { client } = scriptedClient([takes(), takes()]);
    await client.addArticles(source(), { onProgress: (step) => steps.push(step) });
    expect(steps.at(-1)).toMatchObject({ done: 3, total: null, secondsLeft: null });
    await client.addArticles(source(), { total: 4, onProgress: (step) => steps.push(step) });
    expect(steps.at(-1)).toMatchObject({ done: 3, total: 4 });
  });

  test('reads one batch ahead of the one that is sent, and no further', async () => {
    let given = 0;
    function* source() {
      for (const article of made(1_000)) {
        given += 1;
        yield article;
      }
    }
    const seen: number[] = [];
    const slowly = async (request: SentRequest) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      seen.push(given);
      return takes()(request);
    };
    const { client } = scriptedClient(Array(100).fill(slowly));
    await settled(client.addArticles(source(), { batchSize: 10 }));
    // A batch is over when the first article of the next one was seen.
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => Math.min(1_000, 10 * (i + 2) + 1)));
  });

  test.each([0, 101, 1.5])('refuses batches of %d articles', async (batchSize) => {
    const { client } = scriptedClient([]);
    expect(await failureOf(client.addArticles([], { batchSize }))).toMatchObject({
      code: 'ARGUMENT_INVALID',
      field: 'batchSize',
    });
  });
});

describe('a batch whose reply breaks', () => {
  const reset = new Error('reset');

  test('is sent again without what was told of', async () => {
    const { client, requests } = scriptedClient([
      streamed([told(2, 'a-2'), told(0, 'a-0'), reset]),
      reset,
      () => refusal('SHUTTING_DOWN', 503, { 'retry-after': '5' }),
      takes('unchanged'),
    ]);
    const results: AddedArticle[] = [];
    const { counts } = await settled(
      client.addArticles(made(4), { onResult: (result) => results.push(result) }),
    );
    expect(requests.map(idsOf)).toEqual([
      ['a-0', 'a-1', 'a-2', 'a-3'],
      ['a-1', 'a-3'],
      ['a-1', 'a-3'],
      ['a-1', 'a-3'],
    ]);
    expect(counts).toEqual({ created: 2, updated: 0, unchanged: 2, failed: 0 });
    expect(results.map(({ index, id }) => [index, id])).toEqual([
      [2, 'a-2'],
      [0, 'a-0'],
      [3, 'a-3'],
      [1, 'a-1'],
    ]);
  });

  test('is done when only its last line was lost', async () => {
    const { client, requests } = scriptedClient([streamed([told(0, 'a-0'), told(1, 'a-1')]), takes()]);
    expect((await client.addArticles(made(2))).counts.created).toBe(2);
    expect(requests).toHaveLength(1);
  });

  test('is given up after three more tries, and not begun anew by an error that will not pass', async () => {
    const { client, requests } = scriptedClient(Array.from({ length: 4 }, () => streamed([reset])));
    expect(await settled(failureOf(client.addArticles(made(2))))).toMatchObject({
      code: 'CONNECTION_FAILED',
    });
    expect(requests).toHaveLength(4);
    const error = {
      code: 'DISK_FULL',
      message: 'm',
      type: 'operator',
      details: {},
      link: '/docs/errors#disk_full',
    };
    const full = scriptedClient([streamed([told(0, 'a-0'), `${JSON.stringify({ error })}\n`])]);
    const results: AddedArticle[] = [];
    const thrown = await settled(
      failureOf(full.client.addArticles(made(2), { onResult: (result) => results.push(result) })),
    );
    expect(thrown).toMatchObject({ code: 'DISK_FULL', type: 'operator' });
    expect(results).toHaveLength(1);
  });

  test('is sent again when the service stops in the middle', async () => {
    const error = { code: 'SHUTTING_DOWN', message: 'm', type: 'operator', details: {}, link: '/x' };
    const { client, requests } = scriptedClient([
      streamed([told(1, 'a-1'), `${JSON.stringify({ error })}\n`]),
      takes(),
    ]);
    await settled(client.addArticles(made(2)));
    expect(requests.map(idsOf)).toEqual([['a-0', 'a-1'], ['a-0']]);
  });

  test('may be silent for five minutes, and no longer', async () => {
    const { client } = scriptedClient([streamed([told(0, 'a-0'), 'hang'])]);
    const failing = failureOf(client.addArticles(made(2)));
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await failing).toMatchObject({ code: 'TIMED_OUT' });
  });
});

describe('every try of a batch', () => {
  test('has its time anew, the first and the last alike', async () => {
    const { client, requests } = scriptedClient([streamed([told(0, 'a-0'), new Error('reset')]), 'hang']);
    let isOver = false;
    const failing = failureOf(client.addArticles(made(2), { timeoutMs: 1_000 })).finally(
      () => (isOver = true),
    );
    await vi.advanceTimersByTimeAsync(1_249);
    expect([requests.length, isOver]).toEqual([2, false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await failing).toMatchObject({ code: 'TIMED_OUT' });
  });
});

describe('articles that become a task', () => {
  const task = (fields: object) => ({
    id: 't-1',
    state: 'running',
    articles_total: 1,
    articles_done: 0,
    counts: { created: 0, updated: 0, unchanged: 0, failed: 0 },
    errors: [],
    error: null,
    ...fields,
  });
  const taken = () => json({ task: task({ state: 'queued' }) }, 202);
  const long = { id: 'book', text: 'x'.repeat(BATCH_LIMITS.sizeBytes) };
  const counts = { created: 0, updated: 1, unchanged: 0, failed: 0 };

  test('are waited for, one that is too long alone, and told of', async () => {
    const { client, requests } = scriptedClient([
      takes(),
      taken,
      json(task({})),
      json(task({ state: 'succeeded', articles_done: 1, counts })),
      takes(),
    ]);
    const results: AddedArticle[] = [];
    const steps: AddingProgress[] = [];
    const added = await settled(
      client.addArticles([{ id: 'a', text: 'x' }, long, { id: 'b', text: 'x' }], {
        onResult: (result) => results.push(result),
        onProgress: (step) => steps.push(step),
      }),
    );
    expect(requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'POST /v1/articles',
      'POST /v1/articles',
      'GET /v1/tasks/t-1',
      'GET /v1/tasks/t-1',
      'POST /v1/articles',
    ]);
    expect(added.counts).toEqual({ created: 2, updated: 1, unchanged: 0, failed: 0 });
    expect(results).toEqual([
      { index: 0, id: 'a', status: 'created' },
      { index: 1, id: 'book', status: 'updated' },
      { index: 2, id: 'b', status: 'created' },
    ]);
    expect(steps.map(({ done }) => done)).toEqual([1, 1, 2, 3]);
  });

  test('are told of by the errors of the task, and by counts where it says no more', async () => {
    const error = { code: 'ARTICLE_WITHOUT_TEXT', message: 'm', type: 'caller', details: {}, link: '/x' };
    const { client } = scriptedClient([
      taken,
      json(
        task({
          state: 'succeeded',
          articles_total: 3,
          articles_done: 3,
          counts: { created: 1, updated: 1, unchanged: 0, failed: 1 },
          errors: [{ index: 1, line: 2, id: 'a-1', error }],
        }),
      ),
    ]);
    const results: AddedArticle[] = [];
    const added = await settled(client.addArticles(made(3), { onResult: (result) => results.push(result) }));
    expect(added.counts).toEqual({ created: 1, updated: 1, unchanged: 0, failed: 1 });
    expect(results).toEqual([{ index: 1, id: 'a-1', status: 'failed', error }]);
    expect(added.failures).toEqual(results);
  });

  test('end the call with the reason of the task', async () => {
    const error = { code: 'DISK_FULL', message: 'm', type: 'operator', details: {}, link: '/x' };
    const { client } = scriptedClient([taken, json(task({ state: 'failed', error }))]);
    expect(await settled(failureOf(client.addArticles([long])))).toMatchObject({ code: 'DISK_FULL' });
    const { client: other } = scriptedClient([taken, json(task({ state: 'cancelled' }))]);
    expect(await settled(failureOf(other.addArticles([long])))).toMatchObject({
      code: 'TASK_CANCELLED',
      details: { task: 't-1', state: 'cancelled' },
    });
  });

  test('are called off when the caller goes', async () => {
    const { client, requests } = scriptedClient([taken, json(task({})), json(task({ state: 'cancelled' }))]);
    const controller = new AbortController();
    const failing = failureOf(client.addArticles([long], { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(50);
    controller.abort(new Error('enough'));
    expect((await failing).message).toBe('enough');
    await vi.advanceTimersByTimeAsync(50);
    expect(requests.at(-1)).toMatchObject({ method: 'DELETE', target: '/v1/tasks/t-1' });
  });
});

describe('a source', () => {
  test('that fails ends the call with its own error, when what it gave before is in', async () => {
    function* source() {
      yield* made(3);
      throw new RangeError('no more');
    }
    const { client, requests } = scriptedClient([takes()]);
    const thrown = await failureOf(client.addArticles(source(), { batchSize: 2 }));
    expect(thrown).toBeInstanceOf(RangeError);
    expect(requests.map(idsOf)).toEqual([['a-0', 'a-1']]);
  });

  test('that is silent does not hold the call when its caller goes', async () => {
    const controller = new AbortController();
    async function* source() {
      yield* made(1);
      await new Promise(() => {});
    }
    const { client } = scriptedClient([]);
    const failing = failureOf(client.addArticles(source(), { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort(new Error('enough'));
    expect((await failing).message).toBe('enough');
    const handing = failureOf(client.addArticlesAsTask(source(), { signal: controller.signal }));
    expect((await handing).message).toBe('enough');
  });

  test('is closed when the call ends early', async () => {
    let isClosed = false;
    function* source() {
      try {
        yield* made(1_000);
      } finally {
        isClosed = true;
      }
    }
    const { client } = scriptedClient([refusal('KEY_SCOPE_MISSING', 403)]);
    expect(await failureOf(client.addArticles(source()))).toMatchObject({ code: 'KEY_SCOPE_MISSING' });
    await vi.advanceTimersByTimeAsync(0);
    expect(isClosed).toBe(true);
  });

  test('is heard no more when a callback of the caller throws', async () => {
    const { client, requests } = scriptedClient([takes()]);
    const thrown = await failureOf(
      client.addArticles(made(300), {
        onResult: () => {
          throw new RangeError('mine');
        },
      }),
    );
    expect(thrown).toBeInstanceOf(RangeError);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.signal.aborted).toBe(true);
  });
});
