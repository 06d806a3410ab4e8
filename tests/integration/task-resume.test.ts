import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restoreBackup } from '../../src/backup/restore-backup.js';
import { asArticleId } from '../../src/domain/article.js';
import { FakeEmbedder } from '../../src/embedding/fake-embedder.js';
import { deleteArticle } from '../../src/ingest/delete-article.js';
import { readArticleObjects } from '../../src/ingest/read-article-objects.js';
import { type ArticleResult, writeArticles } from '../../src/ingest/write-articles.js';
import { TaskQueue } from '../../src/tasks/task-queue.js';
import { openExactVectorIndex } from '../../src/vector-index/exact-vector-index.js';
import { openSqlite } from '../contract/article-store-fixtures.js';
import { until } from '../unit/http/start-test-server.js';
import { searchDependenciesOver } from '../unit/search/search-dependencies.js';
import { backUp } from './backup-fixtures.js';

const logger = pino({ level: 'silent' });
/** An article with this word never comes out of the model. */
const STUCK = 'stuck';

/** A model that does not come to an end with some texts, as if they were a book. */
class StallingEmbedder extends FakeEmbedder {
  override async embedPassages(texts: readonly string[], signal?: AbortSignal) {
    if (texts.some((text) => text.includes(STUCK))) {
      await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    }
    return super.embedPassages(texts, signal);
  }
}

let place: string;
const running: Array<{ close(): Promise<void> }> = [];

beforeEach(async () => {
  place = await mkdtemp(path.join(tmpdir(), 'fihrist-resume-'));
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.close();
  await rm(place, { recursive: true, force: true });
});

interface Service {
  readonly folder: string;
  openTasks(): Promise<TaskQueue>;
  put(id: string, text: string): Promise<ArticleResult['status'] | undefined>;
  delete(id: string): Promise<void>;
  /** Null when it is not there. */
  textOf(id: string): Promise<string | null>;
  close(): Promise<void>;
}

/** An archive on disk that others write to while its tasks run. */
async function openService(name: string, embedder = new FakeEmbedder()): Promise<Service> {
  const folder = path.join(place, name);
  const store = await openSqlite(folder);
  const index = openExactVectorIndex({ dimensions: embedder.dimensions });
  const archive = searchDependenciesOver({ embedder, store, index });
  let tasks: TaskQueue | null = null;
  const service: Service = {
    folder,
    openTasks: async () => {
      tasks = await TaskQueue.open({
        folder: path.join(folder, 'tasks'),
        write: (articles, how) => writeArticles(articles, archive, { ...how, sourceName: 'api' }),
        ledger: store.tasks,
        logger,
      });
      return tasks;
    },
    put: async (id: string, text: string) => {
      const results: ArticleResult[] = [];
      await writeArticles(readArticleObjects([{ id, text }]), archive, {
        sourceName: 'api',
        onResult: (result) => results.push(result),
      });
      return results[0]?.status;
    },
    delete: (id: string) => deleteArticle(asArticleId(id), archive, { lastingSource: 'corpus' }),
    textOf: async (id: string) =>
      (await store.article(asArticleId(id)))?.passages.map(({ text }) => text).join(' ') ?? null,
    close: async () => {
      await tasks?.close();
      await store.close();
    },
  };
  running.push(service);
  return service;
}

async function addTask(tasks: TaskQueue, articles: Readonly<Record<string, string>>) {
  const lines = Object.entries(articles).map(([id, text]) => `${JSON.stringify({ id, text })}\n`);
  async function* chunks() {
    yield Buffer.from(lines.join(''));
  }
  const { id } = await tasks.add(await tasks.receive(chunks(), 'lines'));
  return {
    id,
    isAt: (articlesDone: number) => until(() => tasks.get(id).progress.articlesDone === articlesDone),
  };
}

/** What a kill leaves on disk, as the folder of the next process. */
async function killed({ folder }: Service, name: string): Promise<string> {
  await cp(folder, path.join(place, name), { recursive: true });
  return name;
}

/** The service after a kill, when all of its tasks are over. */
async function resumed(name: string, before: (service: Service) => Promise<void> = async () => {}) {
  const service = await openService(name);
  await before(service);
  const tasks = await service.openTasks();
  await until(() => tasks.list({ limit: 10 }).every(({ finishedAt }) => finishedAt !== null));
  return { service, tasks };
}

const BATCH = { a: 'a of the batch', b: 'b of the batch', c: `${STUCK} book`, d: 'd of the batch' };

describe('a task that is resumed', () => {
  it('leaves alone what others have replaced or deleted since it wrote it', async () => {
    const first = await openService('first', new StallingEmbedder());
    const task = await addTask(await first.openTasks(), BATCH);
    await task.isAt(3);
    expect(await first.put('a', 'a that is newer')).toBe('updated');
    await first.delete('b');

    const { service, tasks } = await resumed(await killed(first, 'next'));
    expect(await service.textOf('a')).toBe('a that is newer');
    expect(await service.textOf('b')).toBeNull();
    expect(await service.textOf('c')).toBe(BATCH.c);
    expect(tasks.get(task.id)).toMatchObject({
      state: 'succeeded',
      progress: { articlesDone: 4, created: 4, failed: 0 },
    });
  });

  it('leaves alone what others have replaced since it found it unchanged', async () => {
    const first = await openService('first', new StallingEmbedder());
    await first.put('a', BATCH.a);
    const task = await addTask(await first.openTasks(), BATCH);
    await task.isAt(3);
    await first.put('a', 'a that is newer');

    const { service, tasks } = await resumed(await killed(first, 'next'));
    expect(await service.textOf('a')).toBe('a that is newer');
    expect(tasks.get(task.id).progress).toMatchObject({ created: 3, unchanged: 1 });
  });

  it('leaves alone what others have written since it failed with it, and still tells of the failure', async () => {
    const first = await openService('first', new StallingEmbedder());
    // Nothing of it is left when it is cleaned.
    const task = await addTask(await first.openTasks(), { ...BATCH, a: '---' });
    await task.isAt(3);
    await first.put('a', 'a that is newer');

    const { service, tasks } = await resumed(await killed(first, 'next'));
    expect(await service.textOf('a')).toBe('a that is newer');
    expect(tasks.get(task.id).progress).toMatchObject({
      created: 3,
      failed: 1,
      errors: [{ index: 0, line: 1, id: 'a', error: { code: 'ARTICLE_WITHOUT_TEXT' } }],
    });
  });

  it('leaves alone what others have deleted before it goes on', async () => {
    const first = await openService('first', new StallingEmbedder());
    const task = await addTask(await first.openTasks(), BATCH);
    await task.isAt(3);
    const next = await killed(first, 'next');

    const { service, tasks } = await resumed(next, (opened) => opened.delete('d'));
    expect(await service.textOf('d')).toBeNull();
    expect(tasks.get(task.id).progress).toMatchObject({ articlesDone: 4, created: 4 });
  });

  it('leaves alone what others have changed when it is restored from a backup', async () => {
    const first = await openService('first', new StallingEmbedder());
    const task = await addTask(await first.openTasks(), BATCH);
    await task.isAt(3);
    await first.put('a', 'a that is newer');
    await first.delete('d');
    const file = path.join(place, 'backup.tar');
    await backUp(first.folder, file);
    await restoreBackup({ file, indexFolder: path.join(place, 'restored') });

    const { service } = await resumed('restored');
    expect(await service.textOf('a')).toBe('a that is newer');
    expect(await service.textOf('b')).toBe(BATCH.b);
    expect(await service.textOf('c')).toBe(BATCH.c);
    expect(await service.textOf('d')).toBeNull();
  });
});
