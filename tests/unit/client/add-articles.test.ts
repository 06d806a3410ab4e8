import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BATCH_LIMITS, cutBatches } from '../../../src/client/article-batches.js';
import type { AddedArticle, AddingProgress, ArticleToWrite } from '../../../src/client/fihrist-client.js';
import { END, idsOf, linesOf, made, settled, takes, told } from './made-batches.js';
import { collect, failureOf, refusal, type SentRequest, scriptedClient, streamed } from './scripted-fetch.js';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

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
