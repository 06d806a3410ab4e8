import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeInterruptedSwitches } from '../../src/backup/complete-switches.js';
import { restoreBackup } from '../../src/backup/restore-backup.js';
import { unpackBackup } from '../../src/backup/unpack-backup.js';
import { acquireFolderLock } from '../../src/storage/folder-lock.js';
import {
  commitSwitch,
  completeSwitches,
  isSwitchPending,
  prepareRestoring,
  RESTORING,
} from '../../src/storage/switch-archive.js';
import { openSqlite, sketchArticle } from '../contract/article-store-fixtures.js';
import { canMountVolumes, mountSmallVolume, seededRandom } from '../contract/vector-index-fixtures.js';
import { backUp, bytesOf, contentOf, FILLED, fillIndex, makePlace } from './backup-fixtures.js';

describe('restoring', () => {
  let place: Awaited<ReturnType<typeof makePlace>>;
  let file: string;

  beforeEach(async () => {
    place = await makePlace();
    await fillIndex(place.at('source'));
    file = (await backUp(place.at('source'), place.at('b.tar'))).file;
  });
  afterEach(() => place.remove());

  const restore = (options: { replaces?: boolean; file?: string } = {}) =>
    restoreBackup({ file, indexFolder: place.index, ...options });

  /** An archive of one article `old`, with what only an archive in use has. */
  async function makeFormer(): Promise<void> {
    const store = await openSqlite(place.index);
    await store.putArticle(sketchArticle({ id: 'old', texts: ['Of the former archive'] }));
    await store.close();
    for (const name of ['snapshots', 'tasks', 'backups']) {
      mkdirSync(path.join(place.index, name), { recursive: true });
      writeFileSync(path.join(place.index, name, 'x.json'), '{}');
    }
  }

  /** The backup unpacked, changed by `change`, with checksums that fit, and packed again. */
  function altered(change: (folder: string) => void, { fits = true } = {}): string {
    const folder = place.at('altered');
    mkdirSync(folder);
    execFileSync('tar', ['xf', file, '-C', folder]);
    change(folder);
    if (fits) {
      const sums = readFileSync(path.join(folder, 'SHA256SUMS'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.slice(66))
        .map((name) => [sha256(readFileSync(path.join(folder, name))), name].join('  '));
      writeFileSync(path.join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`);
    }
    const names = readdirSync(folder).sort(
      (a, b) => Number(b === 'manifest.json') - Number(a === 'manifest.json'),
    );
    execFileSync('tar', ['cf', place.at('altered.tar'), '-C', folder, ...names]);
    return place.at('altered.tar');
  }
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

  it('refuses an archive that is there, and replaces all of it when that is asked for', async () => {
    await makeFormer();
    const before = await bytesOf(place.index);
    await expect(restore()).rejects.toMatchObject({
      code: 'INDEX_NOT_EMPTY',
      message: expect.stringContaining('--replace'),
    });
    expect(await bytesOf(place.index)).toEqual(before);
    await restore({ replaces: true });
    expect(await contentOf(place.index)).toEqual(FILLED);
    // Snapshots are of the former archive; backups are nobody's but the operator's.
    expect(readdirSync(place.index)).toContain('backups');
    for (const name of ['snapshots', 'restoring', 'restored', 'replaced']) {
      expect(existsSync(path.join(place.index, name))).toBe(false);
    }
  });

  it.each(['fihrist.db', 'keys.db', 'tasks'])('counts a folder with %s as an archive', async (name) => {
    mkdirSync(path.join(place.index, 'tasks'), { recursive: true });
    writeFileSync(path.join(place.index, name === 'tasks' ? 'tasks/x.json' : name), '');
    await expect(restore()).rejects.toMatchObject({ code: 'INDEX_NOT_EMPTY', details: { found: name } });
  });

  it('is refused while another process has the folder, who is named', async () => {
    await makeFormer();
    const lock = acquireFolderLock(place.index);
    try {
      await expect(restore({ replaces: true })).rejects.toMatchObject({
        code: 'STORE_LOCKED',
        message: expect.stringContaining(`process ${process.pid}`),
      });
    } finally {
      lock.release();
    }
    expect((await contentOf(place.index)).articles).toEqual(['old']);
  });

  it('finds any byte that was changed, before it touches anything', { timeout: 120_000 }, async () => {
    await makeFormer();
    const before = await bytesOf(place.index);
    const whole = readFileSync(file);
    const random = seededRandom(42);
    const headers = Array.from(
      { length: Math.min(8, whole.length / 512) },
      (_, i) => i * 512 + ((i * 37) % 150),
    );
    const anywhere = Array.from({ length: 60 }, () => Math.floor(random() * whole.length));
    let harmless = 0;
    for (const offset of [...headers, ...anywhere]) {
      const bytes = Buffer.from(whole);
      bytes[offset] = (bytes[offset] ?? 0) ^ (1 << Math.floor(random() * 8));
      writeFileSync(place.at('flipped.tar'), bytes);
      // Between the end of a file and the next block of the archive there are bytes that mean nothing.
      const outcome = await unpackBackup(place.at('flipped.tar'), place.at('unpacked')).catch(
        (error) => error,
      );
      rmSync(place.at('unpacked'), { recursive: true, force: true });
      if (outcome instanceof Error) {
        expect([offset, outcome]).toEqual([offset, expect.objectContaining({ code: 'BACKUP_INVALID' })]);
        await expect(restore({ file: place.at('flipped.tar'), replaces: true })).rejects.toBeInstanceOf(
          Error,
        );
      } else {
        expect([offset, whole[offset]]).toEqual([offset, 0]);
        harmless += 1;
      }
    }
    expect(harmless).toBeLessThan(15);
    expect(await bytesOf(place.index)).toEqual(before);
  });

  it('refuses a file that is cut, wherever', async () => {
    const whole = readFileSync(file);
    const ends = [
      0,
      1,
      511,
      512,
      1_024,
      1_500,
      whole.length >> 1,
      whole.length - 20_000,
      whole.length - 1_536,
    ];
    for (const end of ends) {
      writeFileSync(place.at('cut.tar'), whole.subarray(0, end));
      await expect(restore({ file: place.at('cut.tar') }), String(end)).rejects.toMatchObject({
        code: 'BACKUP_INVALID',
      });
    }
    expect(existsSync(path.join(place.index, 'fihrist.db'))).toBe(false);
  });

  it('leaves no index folder behind for a file that is no backup, or is not there', async () => {
    writeFileSync(place.at('text'), 'Dear reader, '.repeat(500));
    await expect(restore({ file: place.at('text') })).rejects.toMatchObject({ code: 'BACKUP_INVALID' });
    await expect(restore({ file: place.at('nowhere') })).rejects.toMatchObject({
      code: 'BACKUP_FILE_UNUSABLE',
    });
    await expect(restore({ file: place.at('source') })).rejects.toMatchObject({
      code: 'BACKUP_FILE_UNUSABLE',
    });
    expect(existsSync(place.index)).toBe(false);
  });

  it.each<[string, string, (folder: string) => void, { fits?: boolean }?]>([
    [
      'a file was altered',
      'keys.db was altered',
      (folder) => writeFileSync(path.join(folder, 'keys.db'), 'other'),
      { fits: false },
    ],
    [
      'a file is missing',
      'keys.db is missing',
      (folder) => rmSync(path.join(folder, 'keys.db')),
      { fits: false },
    ],
    [
      'a file has no checksum',
      'tasks/y.json has no checksum',
      (folder) => writeFileSync(path.join(folder, 'tasks/y.json'), '{}'),
    ],
    [
      'its end is missing',
      'SHA256SUMS',
      (folder) => rmSync(path.join(folder, 'SHA256SUMS')),
      { fits: false },
    ],
    [
      'something else is in it',
      'does not belong there: run.sh',
      (folder) => writeFileSync(path.join(folder, 'run.sh'), 'rm -rf /'),
    ],
    [
      'there is a link in it',
      'does not belong there: tasks/z.json',
      (folder) => symlinkSync('/etc/passwd', path.join(folder, 'tasks/z.json')),
    ],
    [
      'the manifest counts other articles',
      'articles is 3 in its database, and 4 in its manifest',
      (folder) =>
        edit(path.join(folder, 'manifest.json'), (text) => text.replace('"articles": 3', '"articles": 4')),
    ],
    [
      'the database is damaged, and the checksums were made of that',
      'its database is damaged',
      (folder) => {
        const bytes = readFileSync(path.join(folder, 'fihrist.db'));
        writeFileSync(path.join(folder, 'fihrist.db'), bytes.fill(0xff, 8_192 * 7, 8_192 * 8));
      },
    ],
    [
      'the keys are no database',
      'its database is damaged',
      (folder) => writeFileSync(path.join(folder, 'keys.db'), 'x'.repeat(5_000)),
    ],
    [
      'there is no database of articles',
      'it has no fihrist.db',
      (folder) => {
        rmSync(path.join(folder, 'fihrist.db'));
        edit(path.join(folder, 'SHA256SUMS'), (text) => text.replace(/^.*fihrist\.db\n/m, ''));
      },
    ],
  ])('refuses a backup when %s', async (_what, reason, change, options) => {
    await expect(restore({ file: altered(change, options) })).rejects.toMatchObject({
      code: 'BACKUP_INVALID',
      message: expect.stringContaining(reason),
    });
    expect(readdirSync(place.index).filter((name) => name !== 'fihrist.lock')).toEqual([]);
  });

  it('takes a backup that was unpacked and packed by hand', async () => {
    await restore({ file: altered(() => {}) });
    expect(await contentOf(place.index)).toEqual(FILLED);
  });

  function edit(name: string, change: (text: string) => string): void {
    writeFileSync(name, change(readFileSync(name, 'utf8')));
  }

  it('refuses what a newer program has made, and says so', async () => {
    const newer = altered((folder) =>
      edit(path.join(folder, 'manifest.json'), (text) =>
        text.replace('"formatVersion": 1', '"formatVersion": 2'),
      ),
    );
    await expect(restore({ file: newer })).rejects.toMatchObject({
      code: 'BACKUP_INVALID',
      message: expect.stringContaining('format version 2; this program knows versions up to 1'),
    });
    rmSync(place.at('altered'), { recursive: true });
    const newerSchema = altered((folder) => {
      const database = new Database(path.join(folder, 'fihrist.db'));
      database.pragma('user_version = 99');
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
    });
    await expect(restore({ file: newerSchema })).rejects.toMatchObject({
      code: 'STORE_NEWER_SCHEMA',
      details: { found: 99 },
    });
  });

  it('that is interrupted while it unpacks leaves the archive as it was', async () => {
    await makeFormer();
    const before = await bytesOf(place.index);
    const abort = new AbortController();
    const restoring = restoreBackup({
      file,
      indexFolder: place.index,
      replaces: true,
      signal: abort.signal,
      onProgress: ({ phase }) => phase === 'unpacking' && abort.abort(),
    });
    await expect(restoring).rejects.toMatchObject({ name: 'AbortError' });
    expect(await bytesOf(place.index)).toEqual(before);
  });

  it.skipIf(!canMountVolumes())('to a full disk leaves the archive as it was', async () => {
    mkdirSync(place.index);
    const volume = mountSmallVolume(place.index, 4_000);
    try {
      await makeFormer();
      const { bavail, bsize } = statfsSync(place.index);
      writeFileSync(path.join(place.index, 'of-others'), Buffer.alloc(bavail * bsize - 100_000));
      const before = await bytesOf(place.index);
      await expect(restore({ replaces: true })).rejects.toMatchObject({ code: 'DISK_FULL' });
      expect(await bytesOf(place.index)).toEqual(before);
      // The file comes from elsewhere: nothing of the index folder, which is a mount point, has to be renamed.
      rmSync(path.join(place.index, 'of-others'));
      await restore({ replaces: true });
      expect(await contentOf(place.index)).toEqual(FILLED);
    } finally {
      volume.unmount();
    }
  });

  it('that is killed before any step leaves the one archive or the other, whole', async () => {
    await makeFormer();
    const former = await bytesOf(place.index);
    const steps: string[] = [];
    await unpackBackup(file, await prepareRestoring(place.index));
    await commitSwitch(place.index, RESTORING, 'restoring', (step) => steps.push(step));
    expect(steps.length).toBeGreaterThan(8);
    const next = await bytesOf(place.index);

    for (const [killedAt, step] of steps.entries()) {
      rmSync(place.index, { recursive: true });
      mkdirSync(place.index);
      for (const [name, bytes] of Object.entries(former)) {
        mkdirSync(path.dirname(path.join(place.index, name)), { recursive: true });
        writeFileSync(path.join(place.index, name), Buffer.from(bytes, 'base64'));
      }
      await unpackBackup(file, await prepareRestoring(place.index));
      await expect(
        killBefore(killedAt, (onStep) => commitSwitch(place.index, RESTORING, 'restoring', onStep)),
      ).rejects.toThrow(step);
      expect([step, isSwitchPending(place.index)]).toEqual([step, killedAt > 0 && step !== 'remove']);
      // And once more, while it is being completed.
      await killBefore(1, (onStep) => completeSwitches(place.index, onStep)).catch(() => {});
      await completeInterruptedSwitches(place.index);
      const found = Object.entries(await bytesOf(place.index)).filter(
        ([name]) => !/^(restoring|replaced)\//.test(name),
      );
      expect([step, Object.fromEntries(found)]).toEqual([step, killedAt === 0 ? former : next]);
    }
  });

  async function killBefore(
    step: number,
    run: (onStep: (step: string) => void) => Promise<void>,
  ): Promise<void> {
    let passed = 0;
    await run((name) => {
      if (passed === step) throw new Error(name);
      passed += 1;
    });
  }
});
