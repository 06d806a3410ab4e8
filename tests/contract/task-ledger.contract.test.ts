import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import type { ArticleStore } from '../../src/storage/article-store.js';
import { MOST_KEPT_FAILURES, type TaskResult } from '../../src/storage/task-ledger.js';
import {
  makeFolder,
  openSqlite,
  removeFolder,
  STORE_ADAPTERS,
  sketchArticle,
  useStore,
} from './article-store-fixtures.js';

const TASK = '0mfa1b2c3-9f8e7d6c';
const NOTHING = { articlesDone: 0, bytesDone: 0, created: 0, updated: 0, unchanged: 0, failed: 0 };

function result(index: number, status: TaskResult['status'] = 'created', task = TASK): TaskResult {
  return { task, index, status, sizeBytes: 10, failure: status === 'failed' ? `why ${index}` : null };
}

const put = (store: ArticleStore, id: string, taskResult?: TaskResult) =>
  store.putArticle({ ...sketchArticle({ id, texts: [`Text of ${id}`] }), taskResult });

describe.each(STORE_ADAPTERS)('task ledger contract: $name', (adapter) => {
  let store: ArticleStore;
  useStore(adapter, (opened) => {
    store = opened;
  });

  it('begins where the task says that it is', async () => {
    const counts = { ...NOTHING, articlesDone: 2, bytesDone: 20, created: 1, failed: 1 };
    expect(await store.tasks.begin(TASK, counts)).toEqual({ counts, failures: [], ahead: [] });
  });

  it('counts what is written and what is noted, as far as there is no gap', async () => {
    await store.tasks.begin(TASK, NOTHING);
    await put(store, 'b', result(1));
    store.tasks.note(result(3, 'unchanged'));
    store.tasks.note(result(4, 'failed'));
    await store.tasks.keep();
    expect(await store.tasks.begin(TASK, NOTHING)).toEqual({
      counts: NOTHING,
      failures: [],
      ahead: [result(1), result(3, 'unchanged'), result(4, 'failed')],
    });
    await put(store, 'a', result(0, 'updated'));
    store.tasks.note(result(2, 'failed'));
    await store.tasks.keep();
    expect(await store.tasks.begin(TASK, NOTHING)).toEqual({
      counts: { articlesDone: 5, bytesDone: 50, created: 1, updated: 1, unchanged: 1, failed: 2 },
      failures: [
        { index: 2, failure: 'why 2' },
        { index: 4, failure: 'why 4' },
      ],
      ahead: [],
    });
  });

  it('counts an article once', async () => {
    await store.tasks.begin(TASK, NOTHING);
    for (const index of [0, 0, 2, 2]) store.tasks.note(result(index));
    await store.tasks.keep();
    const kept = await store.tasks.begin(TASK, NOTHING);
    expect(kept.counts).toMatchObject({ articlesDone: 1, created: 1 });
    expect(kept.ahead).toEqual([result(2)]);
  });

  it('takes what a task says when that is further, and counts on from there', async () => {
    await store.tasks.begin(TASK, NOTHING);
    for (const index of [1, 3, 5]) store.tasks.note(result(index));
    await store.tasks.keep();
    const further = { ...NOTHING, articlesDone: 3, bytesDone: 30, created: 3 };
    expect(await store.tasks.begin(TASK, further)).toEqual({
      counts: { ...NOTHING, articlesDone: 4, bytesDone: 40, created: 4 },
      failures: [],
      ahead: [result(5)],
    });
  });

  it('keeps the first failures and counts all of them', async () => {
    await store.tasks.begin(TASK, NOTHING);
    const articles = MOST_KEPT_FAILURES + 20;
    for (let index = 0; index < articles; index += 1) store.tasks.note(result(index, 'failed'));
    await store.tasks.keep();
    const { counts, failures } = await store.tasks.begin(TASK, NOTHING);
    expect(counts).toMatchObject({ articlesDone: articles, failed: articles });
    expect(failures.map(({ index }) => index)).toEqual([...Array(MOST_KEPT_FAILURES).keys()]);
  });

  it('tells tasks apart, and forgets those that are over with all they have', async () => {
    const other = '0mfa1b2c4-00000000';
    for (const task of [TASK, other]) await store.tasks.begin(task, NOTHING);
    store.tasks.note(result(0));
    for (const index of [0, 1, 3]) store.tasks.note(result(index, 'unchanged', other));
    await store.tasks.keep();
    await store.tasks.forgetAllBut([TASK]);
    // One that comes late is of no task.
    store.tasks.note(result(4, 'unchanged', other));
    await store.tasks.keep();
    expect((await store.tasks.begin(TASK, NOTHING)).counts.created).toBe(1);
    expect(await store.tasks.begin(other, NOTHING)).toEqual({ counts: NOTHING, failures: [], ahead: [] });
  });

  it('has nothing to do with what can be found', async () => {
    await put(store, 'a');
    const generation = await store.generation();
    await store.tasks.begin(TASK, NOTHING);
    store.tasks.note(result(0));
    await store.tasks.keep();
    expect(await store.generation()).toBe(generation);
  });
});

describe('the task ledger of a database', () => {
  let folder: string;

  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => removeFolder(folder));

  /** What somebody would find who opened the database after a kill. */
  function onDisk(): { done: number; articles: number } {
    const database = new Database(join(folder, 'fihrist.db'), { readonly: true });
    const number = (sql: string) => Number(database.prepare(sql).pluck().get());
    const found = {
      done: number('SELECT articles_done FROM tasks_under_way'),
      articles: number('SELECT count(*) FROM articles'),
    };
    database.close();
    return found;
  }

  it.each([
    ['is written', (store: ArticleStore) => put(store, 'other')],
    ['is removed', (store: ArticleStore) => store.removeArticles([asArticleId('kept')])],
  ])('is as far as was noted when any article %s', async (_, change) => {
    const store = await openSqlite(folder);
    await put(store, 'kept');
    await store.tasks.begin(TASK, NOTHING);
    store.tasks.note(result(0, 'unchanged'));
    expect(onDisk().done).toBe(0);
    await change(store);
    expect(onDisk().done).toBe(1);
    await store.close();
  });

  it('has the result of an article exactly when it has the article', async () => {
    const store = await openSqlite(folder);
    await put(store, 'kept');
    await store.tasks.begin(TASK, NOTHING);
    store.tasks.note(result(0, 'unchanged'));
    const other = sketchArticle({ id: 'other', texts: ['Text.'], dimensions: 3 });
    await expect(store.putArticle({ ...other, taskResult: result(1) })).rejects.toMatchObject({
      code: 'VECTOR_DIMENSION_MISMATCH',
    });
    expect(onDisk()).toEqual({ done: 0, articles: 1 });
    // What was noted before is not lost with the change that failed.
    await put(store, 'third', result(2));
    expect(onDisk()).toEqual({ done: 1, articles: 2 });
    expect((await store.tasks.begin(TASK, NOTHING)).ahead).toEqual([result(2)]);
    await store.close();
  });

  it('is the same after the database was opened anew', async () => {
    const first = await openSqlite(folder);
    await first.tasks.begin(TASK, NOTHING);
    await put(first, 'a', result(0));
    await put(first, 'c', result(2));
    await first.close();
    const second = await openSqlite(folder);
    const kept = await second.tasks.begin(TASK, NOTHING);
    expect(kept).toMatchObject({ counts: { articlesDone: 1 }, ahead: [result(2)] });
    await second.close();
  });

  it('refuses counts that do not add up: nobody knows then which articles are done', async () => {
    const first = await openSqlite(folder);
    await first.tasks.begin(TASK, NOTHING);
    await put(first, 'a', result(0));
    await first.close();
    const database = new Database(join(folder, 'fihrist.db'));
    database.exec('UPDATE tasks_under_way SET articles_done = 5');
    database.close();
    const second = await openSqlite(folder);
    await expect(second.tasks.begin(TASK, NOTHING)).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining('Send its articles again'),
    });
    await second.close();
  });
});
