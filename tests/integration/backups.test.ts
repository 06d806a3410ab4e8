import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nameOfBackup } from '../../src/backup/backup-names.js';
import { Backups, type BackupsOptions } from '../../src/backup/backups.js';
import { createBackup } from '../../src/backup/create-backup.js';
import { type MakeBackup, makeBackupInThread } from '../../src/backup/make-backup-in-thread.js';
import { restoreBackup } from '../../src/backup/restore-backup.js';
import { FihristError } from '../../src/domain/errors.js';
import { contentOf, FILLED, fillIndex, makePlace, VERSION } from './backup-fixtures.js';

const workerFile = new URL('../../dist/backup/backup-worker.js', import.meta.url);
const logger = pino({ level: 'silent' });
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

let place: Awaited<ReturnType<typeof makePlace>>;
let folder: string;
const open: Backups[] = [];

beforeEach(async () => {
  place = await makePlace();
  folder = path.join(place.index, 'backups');
  await fillIndex(place.index);
});
afterEach(async () => {
  for (const backups of open.splice(0)) await backups.close();
  await place.remove();
});

const makeHere: MakeBackup = (file, options) =>
  createBackup({ ...options, file, indexFolder: place.index, programVersion: VERSION });

async function openBackups(options: Partial<BackupsOptions> = {}): Promise<Backups> {
  const backups = await Backups.open({ folder, kept: 7, make: makeHere, logger, ...options });
  open.push(backups);
  return backups;
}

async function ended(backups: Backups, id: string) {
  for (;;) {
    const backup = await backups.get(id);
    if (backup.state !== 'running') return backup;
    await soon();
  }
}

async function makeOne(backups: Backups): Promise<string> {
  const { id } = await backups.start();
  expect(await ended(backups, id)).toMatchObject({ state: 'done', error: null });
  // The old ones go after it is done.
  while (await isRunning(backups)) await soon();
  return id;
}

const isRunning = async (backups: Backups) => (await backups.list()).some(({ state }) => state === 'running');
const filesOf = async () => (await readdir(folder).catch(() => [])).sort();
const codeOf = (work: Promise<unknown>) => work.then(() => null).catch(({ code }: FihristError) => code);

/** Begins, and comes to an end only when it is called off or let go. */
function heldBackup() {
  let release: (error?: Error) => void = () => {};
  const make: MakeBackup = async (file, options) => {
    options.onProgress({ phase: 'copying', bytesDone: 1, bytesTotal: 3, elapsedMs: 5 });
    await new Promise<void>((resolve, reject) => {
      release = (error) => (error === undefined ? resolve() : reject(error));
      options.signal.addEventListener('abort', () => reject(options.signal.reason));
    });
    return makeHere(file, options);
  };
  return { make, release: (error?: Error) => release(error) };
}

describe('Backups', () => {
  it('makes one in a thread of its own, from which the archive can be restored', async () => {
    const make = makeBackupInThread({ indexFolder: place.index, programVersion: VERSION, workerFile });
    const backups = await openBackups({ make });
    const before = Date.now();
    const { id, ...begun } = await backups.start();
    expect(begun).toMatchObject({ state: 'running', sizeBytes: null, manifest: null, error: null });
    expect(Date.parse(begun.createdAt)).toBeGreaterThanOrEqual(before);
    const done = await ended(backups, id);
    const file = path.join(folder, done.name);
    expect(done).toMatchObject({
      state: 'done',
      name: nameOfBackup(id),
      sizeBytes: (await stat(file)).size,
      manifest: { articles: 3, keys: 1, tasks: 1, programVersion: VERSION },
    });
    expect(await backups.list()).toEqual([done]);
    expect((await stat(folder)).mode & 0o077).toBe(0);
    const restored = place.at('restored');
    await restoreBackup({ file, indexFolder: restored });
    expect(await contentOf(restored)).toEqual(FILLED);
  });

  it('tells the checksums that a backup has of its files', async () => {
    const backups = await openBackups();
    const id = await makeOne(backups);
    const sums = await backups.checksums(id);
    expect([...sums.keys()]).toEqual(expect.arrayContaining(['manifest.json', 'fihrist.db', 'keys.db']));
    const text = await readFile(path.join(folder, nameOfBackup(id)), 'latin1');
    for (const [name, sum] of sums) expect(text).toContain(`${sum}  ${name}\n`);
  });

  it('makes one at a time, and tells how far it is', async () => {
    const { make, release } = heldBackup();
    const backups = await openBackups({ make });
    const both = await Promise.allSettled([backups.start(), backups.start()]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const [{ id } = { id: '' }] = await backups.list();
    await expect(backups.start()).rejects.toMatchObject({ code: 'BACKUP_RUNNING', details: { id } });
    expect(await backups.get(id)).toMatchObject({
      state: 'running',
      progress: { phase: 'copying', bytesDone: 1, bytesTotal: 3 },
    });
    release();
    await ended(backups, id);
    const next = await makeOne(await openBackups());
    expect(next > id).toBe(true);
  });

  it('keeps so many, the newest, and what is not its own', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'fihrist.tar'), 'of somebody');
    const backups = await openBackups({ kept: 2 });
    const ids = [await makeOne(backups), await makeOne(backups), await makeOne(backups)];
    const listed = await backups.list();
    expect(listed.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect(await backups.newestMs()).toBe(Date.parse(listed[0]!.createdAt));
    expect(await filesOf()).toEqual([nameOfBackup(ids[1]!), nameOfBackup(ids[2]!), 'fihrist.tar'].sort());
  });

  it('does not count a damaged file among those that are kept, and keeps all when told so', async () => {
    const all = await openBackups({ kept: 0 });
    const first = await makeOne(all);
    const damaged = await makeOne(all);
    await writeFile(path.join(folder, nameOfBackup(damaged)), 'no archive');
    expect(await all.get(damaged)).toMatchObject({
      state: 'failed',
      manifest: null,
      error: { code: 'BACKUP_INVALID' },
    });
    const third = await makeOne(await openBackups({ kept: 2 }));
    expect(await filesOf()).toEqual([first, damaged, third].map(nameOfBackup));
    const fourth = await makeOne(await openBackups({ kept: 2 }));
    expect(await filesOf()).toEqual([third, fourth].map(nameOfBackup));
  });

  it('tells why one has failed, until that is deleted, and leaves nothing of it', async () => {
    const { make, release } = heldBackup();
    const backups = await openBackups({ make });
    const { id } = await backups.start();
    await soon();
    release(new FihristError('DISK_FULL', 'there is no room'));
    expect(await ended(backups, id)).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } });
    expect(await filesOf()).toEqual([]);
    await backups.delete(id);
    expect(await codeOf(backups.get(id))).toBe('BACKUP_NOT_FOUND');
    expect(await backups.list()).toEqual([]);
  });

  it('deletes one that is done, and calls off one that runs', async () => {
    const backups = await openBackups();
    const done = await makeOne(backups);
    await backups.delete(done);
    expect(await filesOf()).toEqual([]);
    expect(await backups.newestMs()).toBeNull();
    const { make } = heldBackup();
    const held = await openBackups({ make });
    const { id } = await held.start();
    await held.delete(id);
    expect(await held.list()).toEqual([]);
    expect(await filesOf()).toEqual([]);
  });

  it('says so when there is none of an id, whatever the id is', async () => {
    const backups = await openBackups();
    await mkdir(path.join(folder, nameOfBackup('20260131T080000000Z')), { recursive: true });
    for (const id of ['20260131T080000000Z', '20261399T080000000Z', '../keys', 'x', '']) {
      expect([id, await codeOf(backups.get(id))]).toEqual([id, 'BACKUP_NOT_FOUND']);
      expect([id, await codeOf(backups.delete(id))]).toEqual([id, 'BACKUP_NOT_FOUND']);
    }
  });

  it('ends with the service, leaving nothing; a thread that is at work is called off, too', async () => {
    const make = makeBackupInThread({ indexFolder: place.index, programVersion: VERSION, workerFile });
    const backups = await openBackups({ make });
    await backups.start();
    await backups.close();
    expect(await filesOf()).toEqual([]);
    expect(await codeOf(backups.start())).toBe('SHUTTING_DOWN');
  });

  it('clears away what a kill has left of its own', async () => {
    const [own, other] = ['fihrist-20260131T080000000Z.tar.partial', 'fihrist-monday.tar.partial'];
    for (const name of [own, other]) await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, own, 'fihrist.db'), 'half');
    await openBackups();
    expect(await filesOf()).toEqual([other]);
  });

  it('refuses where its folder cannot be, and can be asked all the same', async () => {
    const blocked = path.join(place.index, 'fihrist.db');
    const backups = await openBackups({ folder: blocked });
    expect(await codeOf(backups.start())).toBe('BACKUP_FILE_UNUSABLE');
    expect(await codeOf(backups.start())).toBe('BACKUP_FILE_UNUSABLE');
  });

  it('is no part of the archive: neither of a backup, nor of what a restored one takes the place of', async () => {
    const backups = await openBackups();
    const id = await makeOne(backups);
    const second = await makeOne(backups);
    const names = [...(await backups.checksums(second)).keys()];
    expect(names.filter((name) => name.includes('backups'))).toEqual([]);
    const file = path.join(folder, nameOfBackup(id));
    await restoreBackup({ file, indexFolder: place.index, replaces: true });
    expect(await filesOf()).toEqual([id, second].map(nameOfBackup));
    expect(await contentOf(place.index)).toEqual(FILLED);
    const onlyBackups = place.at('only-backups');
    await mkdir(path.join(onlyBackups, 'backups'), { recursive: true });
    await restoreBackup({ file, indexFolder: onlyBackups });
    expect(await contentOf(onlyBackups)).toEqual(FILLED);
  });
});
