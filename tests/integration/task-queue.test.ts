import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import type { GivenArticle } from '../../src/ingest/write-articles.js';
import { MemoryTaskLedger } from '../../src/storage/memory-task-ledger.js';
import type { Task } from '../../src/tasks/task.js';
import { TaskQueue } from '../../src/tasks/task-queue.js';
import type { WriteGivenArticles } from '../../src/tasks/task-run.js';
import { until } from '../unit/http/start-test-server.js';

const logger = pino({ level: 'silent' });
let folder: string;
const open: TaskQueue[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fihrist-tasks-'));
});
afterEach(async () => {
  for (const queue of open.splice(0)) await queue.close();
  await rm(folder, { recursive: true });
});

async function openQueue(write: WriteGivenArticles): Promise<TaskQueue> {
  const queue = await TaskQueue.open({ folder, write, ledger: new MemoryTaskLedger(), logger });
  open.push(queue);
  return queue;
}

/**
 * Writes nothing, but tells of each article as the archive would, and stops when it is called off.
 * @param before  May hold an article up, or fail.
 */
function writing(before: (article: GivenArticle) => Promise<void> | void = () => {}) {
  const written: string[] = [];
  const write: WriteGivenArticles = async (articles, { signal, onResult }) => {
    const stopped = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
    stopped.catch(() => {});
    for await (const given of articles) {
      await Promise.race([before(given), stopped]);
      const { index, article, line } = given;
      const place = line === undefined ? { index } : { index, line };
      if (article instanceof FihristError) onResult({ ...place, id: null, status: 'failed', error: article });
      else {
        written.push(article.id);
        onResult({ ...place, id: article.id, status: 'created' });
      }
    }
  };
  return { write, written };
}

const forEver = () => new Promise<void>(() => {});

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

const lines = (ids: readonly string[]) =>
  ids.map((id) => `${JSON.stringify({ id, text: `Text of ${id}` })}\n`).join('');

async function add(queue: TaskQueue, text: string, form: Task['form'] = 'lines') {
  return queue.add(await queue.receive(chunksOf(text), form));
}

const stateOf = (queue: TaskQueue, id: string) => queue.get(id).state;
const ended = (queue: TaskQueue, id: string) => until(() => queue.get(id).finishedAt !== null);
const filesOf = async () => (await readdir(folder)).sort();

describe('TaskQueue', () => {
  it('writes all articles of a task, then keeps its record and not its articles', async () => {
    const { write, written } = writing();
    const queue = await openQueue(write);
    const task = await add(queue, `${lines(['a', 'b'])}broken\n\n${lines(['c'])}`);
    expect(task).toMatchObject({ articles: 4, form: 'lines', finishedAt: null, error: null });
    await ended(queue, task.id);
    expect(written).toEqual(['a', 'b', 'c']);
    expect(queue.get(task.id)).toMatchObject({
      state: 'succeeded',
      error: null,
      progress: {
        articlesDone: 4,
        created: 3,
        failed: 1,
        errors: [{ index: 2, line: 3, id: null, error: { code: 'ARTICLE_LINE_INVALID' } }],
      },
    });
    await until(() => stateOf(queue, task.id) === 'succeeded');
    await queue.close();
    expect(await filesOf()).toEqual([`${task.id}.json`]);
  });

  it('names the articles of an array by their place and not by a line', async () => {
    const queue = await openQueue(writing().write);
    const task = await add(queue, '{"id":"a","text":"A"}\n{"id":"b"}\n', 'array');
    await ended(queue, task.id);
    expect(queue.get(task.id).progress.errors).toMatchObject([
      {
        index: 1,
        line: null,
        error: { code: 'ARTICLE_INVALID', message: expect.stringContaining('text is missing') },
      },
    ]);
  });

  it('does tasks one at a time, in the order they came, and lists the newest first', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { write, written } = writing(() => held);
    const queue = await openQueue(write);
    const first = await add(queue, lines(['a']));
    const second = await add(queue, lines(['b']));
    await until(() => stateOf(queue, first.id) === 'running');
    expect(stateOf(queue, second.id)).toBe('queued');
    expect(queue.list({ limit: 10 }).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(queue.list({ limit: 10, states: ['running'] }).map(({ id }) => id)).toEqual([first.id]);
    expect(queue.list({ limit: 1, after: second.id }).map(({ id }) => id)).toEqual([first.id]);
    release();
    await ended(queue, second.id);
    expect(written).toEqual(['a', 'b']);
  });

  it('cancels a task that waits', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { write, written } = writing(() => held);
    const queue = await openQueue(write);
    const first = await add(queue, lines(['a']));
    const second = await add(queue, lines(['b']));
    expect(await queue.cancel(second.id)).toMatchObject({
      state: 'cancelled',
      progress: { articlesDone: 0 },
    });
    release();
    await ended(queue, first.id);
    expect(written).toEqual(['a']);
    expect(await filesOf()).not.toContain(`${second.id}.jsonl`);
  });

  it('cancels a task that runs, telling how far it came', async () => {
    const queue = await openQueue(writing(({ index }) => (index === 2 ? forEver() : undefined)).write);
    const task = await add(queue, lines(['a', 'b', 'c', 'd']));
    await until(() => queue.get(task.id).progress.articlesDone === 2);
    expect(queue.get(task.id)).toMatchObject({ state: 'running', articlesPerSecond: expect.any(Number) });
    const cancelled = await queue.cancel(task.id);
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      progress: { articlesDone: 2, created: 2 },
      error: null,
    });
    expect(await queue.cancel(task.id)).toEqual(cancelled);
  });

  it('fails with the reason when the archive cannot be written, and goes on with the next task', async () => {
    const { write } = writing(({ article }) => {
      if ('id' in article && article.id === 'b') throw new FihristError('DISK_FULL', 'the disk is full');
    });
    const queue = await openQueue(write);
    const failing = await add(queue, lines(['a', 'b', 'c']));
    const next = await add(queue, lines(['d']));
    await ended(queue, next.id);
    expect(queue.get(failing.id)).toMatchObject({
      state: 'failed',
      error: { code: 'DISK_FULL', message: 'the disk is full' },
      progress: { articlesDone: 1 },
    });
    expect(stateOf(queue, next.id)).toBe('succeeded');
  });

  it('goes on where it was after a stop, also with those that wait', async () => {
    const first = await openQueue(writing(({ index }) => (index >= 2 ? forEver() : undefined)).write);
    const running = await add(first, lines(['a', 'b', 'c', 'd']));
    const waiting = await add(first, lines(['e']));
    await until(() => first.get(running.id).progress.articlesDone === 2);
    await first.close();
    expect(JSON.parse(await readFile(path.join(folder, `${running.id}.json`), 'utf8'))).toMatchObject({
      state: 'running',
      progress: { articlesDone: 2 },
    });
    const { write, written } = writing();
    const second = await openQueue(write);
    await ended(second, waiting.id);
    expect(written).toEqual(['c', 'd', 'e']);
    expect(second.get(running.id)).toMatchObject({
      state: 'succeeded',
      progress: { articlesDone: 4, created: 4 },
    });
  });

  it('leaves a task to the next start when a thread of the service has died', async () => {
    const first = await openQueue(
      writing(() => {
        throw new FihristError('WORKER_STOPPED', 'the storage thread ended');
      }).write,
    );
    const task = await add(first, lines(['a']));
    await first.close();
    expect(first.get(task.id).finishedAt).toBeNull();
    const { write, written } = writing();
    await ended(await openQueue(write), task.id);
    expect(written).toEqual(['a']);
  });

  it('clears away what an interruption has left: articles that were not acknowledged, half-written records', async () => {
    await writeFile(path.join(folder, 'abc.jsonl'), lines(['a']));
    await writeFile(path.join(folder, 'abd.json.tmp'), '{"vers');
    const queue = await openQueue(writing().write);
    expect(await filesOf()).toEqual([]);
    expect(queue.list({ limit: 10 })).toEqual([]);
  });

  it('leaves a record alone that it cannot read, with its articles', async () => {
    await writeFile(path.join(folder, 'abc.json'), '{"version": 2}');
    await writeFile(path.join(folder, 'abc.jsonl'), lines(['a']));
    const queue = await openQueue(writing().write);
    expect(queue.list({ limit: 10 })).toEqual([]);
    expect(await filesOf()).toEqual(['abc.json', 'abc.jsonl']);
  });

  it('fails a task whose articles are gone', async () => {
    const queue = await openQueue(writing(forEver).write);
    const task = await add(queue, lines(['a']));
    await queue.close();
    await rm(path.join(folder, `${task.id}.jsonl`));
    const next = await openQueue(writing().write);
    expect(next.get(task.id)).toMatchObject({ state: 'failed', error: { code: 'STORE_UNUSABLE' } });
  });

  it.each([
    ['cut', (text: string) => text.slice(0, text.length / 2)],
    ['altered', (text: string) => text.replace('Text of b', 'Text of x')],
  ])('fails a task whose articles were %s, and writes none of them', async (_, damage) => {
    const held = await openQueue(writing(forEver).write);
    const { id } = await add(held, lines(['a', 'b', 'c', 'd']));
    await held.close();
    const payload = path.join(folder, `${id}.jsonl`);
    await writeFile(payload, damage(await readFile(payload, 'utf8')));

    const { write, written } = writing();
    const next = await openQueue(write);
    await ended(next, id);
    expect(next.get(id)).toMatchObject({
      state: 'failed',
      error: { code: 'STORE_UNUSABLE', message: expect.stringMatching(/damaged.*\.jsonl.*Send them again/) },
    });
    expect(written).toEqual([]);
  });

  it('leaves a record aside of which a digit was changed, which would pass articles over', async () => {
    const held = await openQueue(writing(forEver).write);
    const { id } = await add(held, lines(['a', 'b', 'c']));
    await held.close();
    const record = path.join(folder, `${id}.json`);
    const text = await readFile(record, 'utf8');
    expect(text).toContain('"articlesDone":0');
    await writeFile(record, text.replace('"articlesDone":0', '"articlesDone":2'));

    const { write, written } = writing();
    const next = await openQueue(write);
    expect(next.list({ limit: 10 })).toEqual([]);
    expect(written).toEqual([]);
    expect(await filesOf()).toEqual([`${id}.json`, `${id}.jsonl`]);
  });

  it('forgets what was over a week ago', async () => {
    const queue = await openQueue(writing().write);
    const task = await add(queue, lines(['a']));
    await ended(queue, task.id);
    await queue.close();
    const file = path.join(folder, `${task.id}.json`);
    const { checksum: _, ...record } = JSON.parse(await readFile(file, 'utf8')) as Task & {
      checksum: string;
    };
    const longAgo = new Date(Date.now() - 8 * 24 * 3_600_000).toISOString();
    await writeFile(file, JSON.stringify({ ...record, finishedAt: longAgo }));
    const next = await openQueue(writing().write);
    expect(next.list({ limit: 10 })).toEqual([]);
    expect(await filesOf()).toEqual([]);
  });

  it('gives up what was received, leaving nothing', async () => {
    const queue = await openQueue(writing().write);
    const payload = await queue.receive(chunksOf(lines(['a', 'b'])), 'lines');
    expect(payload).toMatchObject({ articles: 2, form: 'lines' });
    const read = [];
    for await (const { article } of queue.articlesOf(payload)) read.push('id' in article ? article.id : null);
    expect(read).toEqual(['a', 'b']);
    await queue.discard(payload);
    expect(await filesOf()).toEqual([]);
  });

  it('leaves nothing of what broke off while it was received', async () => {
    const queue = await openQueue(writing().write);
    const broken = (async function* () {
      yield Buffer.from(lines(['a']));
      throw new Error('the caller has gone');
    })();
    await expect(queue.receive(broken, 'lines')).rejects.toThrow('gone');
    await expect(queue.receive(chunksOf('\0binary'), 'lines')).rejects.toMatchObject({
      code: 'ARTICLE_FILE_BINARY',
    });
    expect(await filesOf()).toEqual([]);
  });

  it('says that there is no such task', async () => {
    const queue = await openQueue(writing().write);
    const missing = expect.objectContaining({ code: 'TASK_NOT_FOUND' });
    expect(() => queue.get('abc')).toThrow(missing);
    await expect(queue.cancel('abc')).rejects.toEqual(missing);
  });
});
