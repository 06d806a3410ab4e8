import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WAITING_LIMITS } from '../../src/http/routes/add-articles-route.js';
import { errorOf } from '../unit/http/read-error.js';
import { until } from '../unit/http/start-test-server.js';
import { words } from '../unit/ingest/made-articles.js';
import { type ArticleService, startArticleService } from './article-service.js';

let service: ArticleService;

beforeEach(async () => {
  service = await startArticleService();
});
afterEach(() => service.stop());

interface WireTask {
  readonly id: string;
  readonly state: string;
  readonly articles_done: number;
}

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `a-${i}`, text: words(`mill${i}`) }));

async function addTask(body: unknown, search = ''): Promise<WireTask> {
  const response = await service.send('POST', `/v1/articles${search}`, body);
  const { task } = (await response.json()) as { task: WireTask };
  expect([response.status, response.headers.get('location')]).toEqual([202, `/v1/tasks/${task.id}`]);
  return task;
}

const taskOf = async (id: string) =>
  (await (await service.send('GET', `/v1/tasks/${id}`)).json()) as WireTask;
const ended = (id: string) => until(() => service.tasks.get(id).finishedAt !== null, 30_000);

/** From now on the model waits until it is told to go on. */
function holdModel(): () => void {
  const { embedder } = service.archive;
  const embed = embedder.embedPassages.bind(embedder);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  embedder.embedPassages = async (texts, signal) => {
    await Promise.race([
      held,
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    ]);
    return embed(texts, signal);
  };
  return () => {
    embedder.embedPassages = embed;
    release();
  };
}

describe('large batches', () => {
  test('of more articles than anybody waits for become a task', async () => {
    const { articles } = WAITING_LIMITS;
    expect((await service.send('POST', '/v1/articles', many(articles))).status).toBe(200);
    const task = await addTask([...many(articles), { id: 'broken' }]);
    await ended(task.id);
    expect(await taskOf(task.id)).toEqual({
      id: task.id,
      state: 'succeeded',
      articles_total: articles + 1,
      articles_done: articles + 1,
      counts: { created: 0, updated: 0, unchanged: articles, failed: 1 },
      articles_per_second: null,
      seconds_left: null,
      created_at: expect.any(String),
      started_at: expect.any(String),
      finished_at: expect.any(String),
      error: null,
      errors: [
        {
          index: articles,
          line: null,
          id: null,
          error: {
            code: 'ARTICLE_INVALID',
            message: expect.stringContaining('text is missing'),
            type: 'caller',
            details: { field: 'text', value: 'missing' },
            link: '/docs/errors#article_invalid',
          },
        },
      ],
    });
  });

  test('become one at the wish of their sender, one article too', async () => {
    const task = await addTask({ id: 'mill', text: words('mill') }, '?async=true');
    await ended(task.id);
    expect(await service.found('mill')).toEqual(['mill']);
    await expect.poll(() => service.taskFiles()).toEqual([`${task.id}.json`]);
  });

  test('are refused before anything of them is stored when they are no JSON', async () => {
    await errorOf(await service.send('POST', '/v1/articles?async=true', '[{"id": '), 400, 'INVALID_JSON');
    await errorOf(await service.send('POST', '/v1/articles?async=yes', []), 400, 'INVALID_REQUEST');
    await errorOf(await service.send('POST', '/v1/articles?asynch=true', []), 400, 'UNKNOWN_FIELD');
    expect(await service.taskFiles()).toEqual([]);
  });
});

describe('tasks', () => {
  test('tell how far they are, and searches find what is written meanwhile', async () => {
    const release = holdModel();
    const task = await addTask(many(3), '?async=true');
    const next = await addTask(many(2), '?async=true');
    await until(() => service.tasks.get(task.id).state === 'running');
    expect(await taskOf(task.id)).toMatchObject({ state: 'running', articles_done: 0, finished_at: null });
    expect(await taskOf(next.id)).toMatchObject({ state: 'queued', started_at: null });
    const { tasks, next_cursor: cursor } = (await (
      await service.send('GET', '/v1/tasks?limit=1')
    ).json()) as {
      tasks: WireTask[];
      next_cursor: string;
    };
    expect(tasks.map(({ id }) => id)).toEqual([next.id]);
    expect(tasks[0]).not.toHaveProperty('errors');
    const second = (await (await service.send('GET', `/v1/tasks?limit=1&cursor=${cursor}`)).json()) as object;
    expect(second).toMatchObject({ tasks: [{ id: task.id }], next_cursor: null });
    const running = (await (await service.send('GET', '/v1/tasks?states=running')).json()) as object;
    expect(running).toMatchObject({ tasks: [{ id: task.id }] });
    release();
    await ended(next.id);
    expect(await taskOf(next.id)).toMatchObject({ state: 'succeeded', counts: { unchanged: 2 } });
  });

  test('can be called off, and a small write does not wait for them', async () => {
    const release = holdModel();
    const task = await addTask(many(5), '?async=true');
    await until(() => service.tasks.get(task.id).state === 'running');
    const response = await service.send('DELETE', `/v1/tasks/${task.id}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ state: 'cancelled', articles_done: 0, articles_total: 5 });
    const again = await service.send('DELETE', `/v1/tasks/${task.id}`);
    expect(await again.json()).toMatchObject({ state: 'cancelled' });
    release();
    expect((await service.send('PUT', '/v1/articles/mill', { text: words('mill') })).status).toBe(201);
    expect(await service.found('mill')).toEqual(['mill']);
  });

  test('that do not exist are not found', async () => {
    await errorOf(await service.send('GET', '/v1/tasks/abc'), 404, 'TASK_NOT_FOUND');
    await errorOf(await service.send('DELETE', '/v1/tasks/..%2Fabc'), 404, 'TASK_NOT_FOUND');
  });

  test.each(['?limit=0', '?states=done', '?cursor=%21'])('refuse the parameter %s', async (search) => {
    await errorOf(await service.send('GET', `/v1/tasks${search}`), 400, 'INVALID_REQUEST');
  });
});
