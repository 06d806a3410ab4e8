import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackupProgress } from '../../src/backup/backup-format.js';
import { createBackup } from '../../src/backup/create-backup.js';
import { restoreBackup } from '../../src/backup/restore-backup.js';
import { readBackupManifest } from '../../src/backup/unpack-backup.js';
import { verifyStore } from '../../src/storage/verify-store.js';
import { openSqlite, sketchArticle } from '../contract/article-store-fixtures.js';
import { canMountVolumes, mountSmallVolume } from '../contract/vector-index-fixtures.js';
import {
  backUp,
  contentOf,
  FILLED,
  fillIndex,
  makePlace,
  OVER,
  VERSION,
  WAITING,
  writeTask,
} from './backup-fixtures.js';

describe('a backup', () => {
  let place: Awaited<ReturnType<typeof makePlace>>;

  beforeEach(async () => {
    place = await makePlace();
    await fillIndex(place.index);
  });
  afterEach(() => place.remove());

  it('gives back articles, keys and tasks, and says what it holds', async () => {
    const { file, sizeBytes, manifest } = await backUp(place.index, place.at('b.tar'));
    expect(sizeBytes).toBe(statSync(file).size);
    expect(manifest).toMatchObject({
      format: 'fihrist-backup',
      formatVersion: 1,
      programVersion: VERSION,
      articles: 3,
      passages: 6,
      models: [{ fingerprint: 'model-a', dimensions: 12, passages: 6 }],
      keys: 1,
      tasks: 1,
    });
    expect(await readBackupManifest(file)).toEqual(manifest);
    const indexFolder = place.at('elsewhere/index');
    expect(await restoreBackup({ file, indexFolder })).toEqual(manifest);
    expect((await verifyStore(indexFolder)).problems).toEqual([]);
    expect(await contentOf(indexFolder)).toEqual(FILLED);
    expect(readdirSync(indexFolder).filter((name) => name.startsWith('re'))).toEqual([]);
  });

  it('is for its owner alone, and all that is restored of it too: it has the hashes of keys', async () => {
    const { file } = await backUp(place.index, place.at('b.tar'));
    await restoreBackup({ file, indexFolder: place.at('other') });
    for (const name of ['b.tar', 'other/keys.db', 'other/fihrist.db', `other/tasks/${WAITING}.json`]) {
      expect([name, statSync(place.at(name)).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  it('is a tar archive that other programs unpack and check', async () => {
    const { file } = await backUp(place.index, place.at('b.tar'));
    mkdirSync(place.at('by-hand'));
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: place.at('by-hand'), encoding: 'utf8' });
    const names = run('tar', 'xvf', file).trim().split('\n');
    expect(names.slice(0, 3)).toEqual(['manifest.json', 'fihrist.db', 'keys.db']);
    expect(names.at(-1)).toBe('SHA256SUMS');
    expect(run('sha256sum', '--check', 'SHA256SUMS')).toContain('fihrist.db: OK');
  });

  it('can be restored after it was compressed', async () => {
    const { file } = await backUp(place.index, place.at('b.tar'));
    execFileSync('gzip', [file]);
    await restoreBackup({ file: `${file}.gz`, indexFolder: place.at('other') });
    expect(await contentOf(place.at('other'))).toEqual(FILLED);
  });

  it('of an index without keys and tasks has none', async () => {
    for (const name of ['keys.db', 'keys.db-wal', 'keys.db-shm', 'tasks']) {
      rmSync(path.join(place.index, name), { recursive: true, force: true });
    }
    const { file, manifest } = await backUp(place.index, place.at('b.tar'));
    expect(manifest).toMatchObject({ keys: 0, tasks: 0 });
    await restoreBackup({ file, indexFolder: place.at('other') });
    expect(readdirSync(place.at('other')).sort()).toEqual(['fihrist.db', 'fihrist.lock']);
  });

  it('made while articles are written holds all that was acknowledged before, and a state that there was', async () => {
    const store = await openSqlite(place.index);
    const acknowledged: string[] = [];
    let isOver = false;
    const long = 'A sentence that takes some room. '.repeat(200);
    const writing = (async () => {
      for (let i = 0; !isOver; i += 1) {
        const id = `w${String(i).padStart(5, '0')}`;
        await store.putArticle(sketchArticle({ id, texts: [`${i} ${long}`, 'Short.'] }));
        acknowledged.push(id);
      }
    })();
    while (acknowledged.length < 50) await setTimeout(5);
    const before = acknowledged.length;
    const phases: BackupProgress[] = [];
    const { file } = await createBackup({
      indexFolder: place.index,
      file: place.at('b.tar'),
      programVersion: VERSION,
      onProgress: (progress) => phases.push(progress),
    });
    expect(acknowledged.length).toBeGreaterThan(before);
    isOver = true;
    await writing;
    await store.close();

    await restoreBackup({ file, indexFolder: place.at('other') });
    const restored = (await contentOf(place.at('other'))).articles.filter((id) => id.startsWith('w'));
    expect(restored.length).toBeGreaterThanOrEqual(before);
    expect(restored).toEqual(acknowledged.slice(0, restored.length));
    expect((await verifyStore(place.at('other'))).problems).toEqual([]);
    expect([...new Set(phases.map(({ phase }) => phase))]).toEqual(['copying', 'checking', 'packing']);
    expect(phases.at(-1)).toMatchObject({ bytesDone: phases.at(-1)?.bytesTotal });
  });

  it('has a task that came while it was made whole or not at all', async () => {
    // The record is there before its articles are copied: as if it came between the copy and the pinned state.
    const late = '0mfa1b2c9-11111111';
    const making = backUp(place.index, place.at('b.tar'));
    await writeTask(place.index, late, 'running');
    const { file } = await making;
    await restoreBackup({ file, indexFolder: place.at('other') });
    const { tasks } = await contentOf(place.at('other'));
    expect(tasks).toEqual(expect.arrayContaining(FILLED.tasks));
    const ofLate = tasks.filter((name) => name.startsWith(late));
    expect([[], [`${late}.json`, `${late}.jsonl`]]).toContainEqual(ofLate);
  });

  it('has damaged records and records without articles as they are, for the service to tell of them', async () => {
    const tasks = path.join(place.index, 'tasks');
    writeFileSync(path.join(tasks, 'damaged.json'), '{"id": "dam');
    writeFileSync(path.join(tasks, 'damaged.jsonl'), '{"text": "kept"}\n');
    rmSync(path.join(tasks, `${WAITING}.jsonl`));
    const { file, manifest } = await backUp(place.index, place.at('b.tar'));
    expect(manifest.tasks).toBe(2);
    await restoreBackup({ file, indexFolder: place.at('other') });
    expect((await contentOf(place.at('other'))).tasks).toEqual([
      `${OVER}.json`,
      `${WAITING}.json`,
      'damaged.json',
      'damaged.jsonl',
    ]);
  });

  it('does not take the place of a file, unless that is asked for', async () => {
    writeFileSync(place.at('b.tar'), 'precious');
    await expect(backUp(place.index, place.at('b.tar'))).rejects.toMatchObject({
      code: 'BACKUP_EXISTS',
      message: `There is a file at ${place.at('b.tar')} already.`,
    });
    expect(readFileSync(place.at('b.tar'), 'utf8')).toBe('precious');
    const options = { indexFolder: place.index, programVersion: VERSION, replaces: true };
    await createBackup({ ...options, file: place.at('b.tar') });
    expect((await readBackupManifest(place.at('b.tar'))).articles).toBe(3);
    await expect(createBackup({ ...options, file: place.index })).rejects.toMatchObject({
      code: 'BACKUP_EXISTS',
    });
  });

  it('that is interrupted leaves nothing behind, and a file that it was to replace as it was', async () => {
    const abort = new AbortController();
    writeFileSync(place.at('b.tar'), 'the last one');
    const making = createBackup({
      indexFolder: place.index,
      file: place.at('b.tar'),
      programVersion: VERSION,
      replaces: true,
      signal: abort.signal,
      onProgress: ({ phase }) => phase === 'packing' && abort.abort(),
    });
    await expect(making).rejects.toMatchObject({ name: 'AbortError' });
    expect(readFileSync(place.at('b.tar'), 'utf8')).toBe('the last one');
    expect(readdirSync(path.dirname(place.index)).sort()).toEqual(['b.tar', 'index']);
  });

  it('names the folder that is missing, and an index without a database', async () => {
    await expect(backUp(place.index, place.at('nowhere/b.tar'))).rejects.toMatchObject({
      code: 'BACKUP_FILE_UNUSABLE',
      message: expect.stringContaining(place.at('nowhere/b.tar')),
    });
    await expect(backUp(place.at('empty'), place.at('b.tar'))).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
    });
    expect(readdirSync(path.dirname(place.index))).toEqual(['index']);
  });

  it.skipIf(!canMountVolumes())(
    'finds out about a full disk wherever it is met, and leaves nothing there',
    async () => {
      const outcomes = new Set<string>();
      const folder = place.at('small');
      mkdirSync(folder);
      writeFileSync(path.join(place.index, 'tasks', `${WAITING}.jsonl`), 'x'.repeat(200_000));
      const needed = statSync(path.join(place.index, 'fihrist.db')).size;
      for (const size of [0.5, 1.5, 2.1, 2.5, 2.8, 3.2, 4, 6]) {
        const volume = mountSmallVolume(folder, Math.ceil((size * needed) / 1_024));
        try {
          await backUp(place.index, path.join(folder, 'b.tar'));
          outcomes.add('saved');
          expect(readdirSync(folder)).toEqual(['b.tar']);
          expect((await readBackupManifest(path.join(folder, 'b.tar'))).tasks).toBe(1);
        } catch (error) {
          expect([size, error]).toEqual([size, expect.objectContaining({ code: 'DISK_FULL' })]);
          outcomes.add((error as Error).message.includes('MB of room') ? 'refused' : 'full');
          expect(readdirSync(folder)).toEqual([]);
        } finally {
          volume.unmount();
        }
      }
      expect(outcomes).toEqual(new Set(['refused', 'full', 'saved']));
    },
  );

  it('of a damaged database is not made', async () => {
    const database = path.join(place.index, 'fihrist.db');
    const bytes = readFileSync(database);
    // A page in the middle: not one that is read to count articles.
    bytes.fill(0xff, 8_192 * 7, 8_192 * 8);
    writeFileSync(database, bytes);
    await expect(backUp(place.index, place.at('b.tar'))).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
    expect(readdirSync(path.dirname(place.index))).toEqual(['index']);
  });
});
