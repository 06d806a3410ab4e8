import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BATCH_LIMITS } from '../../../src/client/article-batches.js';
import type { AddedArticle, AddingProgress } from '../../../src/client/fihrist-client.js';
import { idsOf, made, settled, takes, told } from './made-batches.js';
import { failureOf, json, refusal, scriptedClient, streamed } from './scripted-fetch.js';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
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
