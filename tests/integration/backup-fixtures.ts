import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBackup } from '../../src/backup/create-backup.js';
import { createKey } from '../../src/keys/create-key.js';
import { openSqliteKeyStore } from '../../src/keys/sqlite-key-store.js';
import type { Task } from '../../src/tasks/task.js';
import { openSqlite, sketchArticle } from '../contract/article-store-fixtures.js';

export const VERSION = '9.8.7';

/** A folder of its own for one test, with an index in it. */
export async function makePlace() {
  const place = await mkdtemp(path.join(tmpdir(), 'fihrist-backup-'));
  return {
    index: path.join(place, 'index'),
    /** Somewhere else than the index. */
    at: (name: string) => path.join(place, name),
    remove: () => rm(place, { recursive: true, force: true }),
  };
}

/** A record as the service writes it. */
export function taskRecord(id: string, state: Task['state']): Task {
  const isOver = state !== 'queued' && state !== 'running';
  return {
    version: 1,
    id,
    state,
    form: 'lines',
    articles: 1,
    sizeBytes: 30,
    sha256: null,
    createdAt: '2026-01-31T08:00:00.000Z',
    startedAt: null,
    finishedAt: isOver ? '2026-01-31T09:00:00.000Z' : null,
    progress: { articlesDone: 0, bytesDone: 0, created: 0, updated: 0, unchanged: 0, failed: 0, errors: [] },
    error: null,
  };
}

export const WAITING = '0mfa1b2c3-9f8e7d6c';
export const OVER = '0mfa1b2c1-00000000';

export async function writeTask(index: string, id: string, state: Task['state']): Promise<void> {
  const folder = path.join(index, 'tasks');
  await mkdir(folder, { recursive: true });
  if (state === 'queued' || state === 'running') {
    await writeFile(path.join(folder, `${id}.jsonl`), '{"title":"t","text":"of a task"}\n');
  }
  await writeFile(path.join(folder, `${id}.json`), JSON.stringify(taskRecord(id, state)));
}

/** An index folder with articles `a0` …, a key, a task that waits and one that is over. */
export async function fillIndex(index: string, articles = 3): Promise<void> {
  const store = await openSqlite(index);
  for (let i = 0; i < articles; i += 1) {
    await store.putArticle(sketchArticle({ id: `a${i}`, texts: [`Text ${i}. More of it.`, `Another ${i}`] }));
  }
  await store.close();
  const keys = openSqliteKeyStore({ folder: index });
  await createKey(keys, { name: 'website', scopes: ['search'] }, Date.now());
  await keys.close();
  await writeTask(index, WAITING, 'queued');
  await writeTask(index, OVER, 'succeeded');
}

/** Ids of the articles, names of the keys and files of the tasks that an index folder holds. */
export async function contentOf(index: string) {
  const store = await openSqlite(index);
  const articles = (await store.articleStates()).map(({ id }) => String(id));
  await store.close();
  const keys = openSqliteKeyStore({ folder: index });
  const names = (await keys.list()).map(({ name }) => name);
  await keys.close();
  const tasks = await readdir(path.join(index, 'tasks')).catch(() => []);
  return { articles, keys: names, tasks: tasks.sort() };
}

export const FILLED = {
  articles: ['a0', 'a1', 'a2'],
  keys: ['website'],
  tasks: [`${OVER}.json`, `${WAITING}.json`, `${WAITING}.jsonl`],
};

export async function backUp(index: string, file: string) {
  return createBackup({ indexFolder: index, file, programVersion: VERSION });
}

/** Every file of a folder with its bytes, to tell that nothing of it was touched; without SQLite's shared memory. */
export async function bytesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && !/-shm$|fihrist\.lock/.test(entry.name));
  const read = files.map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(folder, file), (await readFile(file)).toString('base64')] as const;
  });
  return Object.fromEntries((await Promise.all(read)).filter(([, bytes]) => bytes !== ''));
}
