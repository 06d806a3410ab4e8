import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';
import { examineDatabase, PinnedDatabase } from '../storage/copy-database.js';
import { databasePath } from '../storage/sqlite-connection.js';
import { syncFile } from '../storage/sync-file.js';
import { toBackupFileError } from './backup-errors.js';
import {
  BACKUP_FORMAT_VERSION,
  type BackupManifest,
  type BackupProgress,
  CHECKSUMS_FILE,
  KEYS_FILE,
  MANIFEST_FILE,
  STORE_FILE,
} from './backup-format.js';
import { ChecksumsOfFiles, formatChecksums } from './checksums.js';
import { TaskCopy } from './copy-tasks.js';
import { packTar } from './tar-file.js';

export interface BackupOptions {
  readonly indexFolder: string;
  /** Where the backup is to be; its folder must be there. */
  readonly file: string;
  /** Whether a file that is there gives way, once the new one is whole. Default: it is refused. */
  readonly replaces?: boolean;
  readonly programVersion: string;
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly signal?: AbortSignal;
}

export interface CreatedBackup {
  readonly file: string;
  readonly sizeBytes: number;
  readonly manifest: BackupManifest;
}

/**
 * Makes a backup of an index folder, also while a service writes to it: one file with all that cannot be made again
 * (database, keys, tasks that are not over), in the state of one moment after the call. The copy is checked before it
 * is packed, so that what comes out can be restored. The file appears under its name when it is whole and on disk.
 *
 * @throws BACKUP_EXISTS (caller); STORE_UNUSABLE (operator) when there is no database or it is damaged; DISK_FULL,
 *   BACKUP_FILE_UNUSABLE (operator); what `signal` fires with. Nothing is left of a backup that failed.
 * Cost: room for two copies beside `file` while it works. Blocks its thread for seconds a gigabyte while it checks.
 */
export async function createBackup(options: BackupOptions): Promise<CreatedBackup> {
  const file = path.resolve(options.file);
  await refuseExisting(file, options);
  const staging = `${file}.partial`;
  try {
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { mode: 0o700 });
    const manifest = await fillAndPack(staging, options);
    await refuseExisting(file, options);
    await rename(path.join(staging, PACKED), file);
    await syncFile(path.dirname(file));
    return { file, sizeBytes: (await stat(file)).size, manifest };
  } catch (error) {
    throw toBackupFileError(error, file);
  } finally {
    await rm(staging, { recursive: true, force: true }).catch(() => {});
  }
}

/** While it is being packed, the backup has this name in its staging folder. */
const PACKED = 'backup.tar';

async function refuseExisting(file: string, { replaces = false }: BackupOptions): Promise<void> {
  const facts = await stat(file).catch(() => null);
  if (facts === null || (replaces && facts.isFile())) return;
  throw new FihristError(
    'BACKUP_EXISTS',
    `There is a ${facts.isFile() ? 'file' : 'folder'} at ${file} already.`,
    {
      details: { path: file },
    },
  );
}

async function fillAndPack(staging: string, options: BackupOptions): Promise<BackupManifest> {
  const { indexFolder, programVersion, onProgress, signal } = options;
  const tasks = new TaskCopy({ index: indexFolder, copy: staging });
  const pinned = await pinState(indexFolder, tasks);
  const createdAt = new Date().toISOString();
  try {
    const { store, keys, records } = pinned;
    const { sizeBytes } = store;
    const { models, ...facts } = store.storeFacts();
    await refuseWithoutRoom(staging, sizeBytes);
    const names = [STORE_FILE];
    const report = phaseReporter('copying', onProgress);
    await store.copyTo(path.join(staging, STORE_FILE), {
      onProgress: ({ bytesDone, bytesTotal }) => report(bytesDone, bytesTotal),
      ...(signal === undefined ? {} : { signal }),
    });
    if (keys !== null) {
      await keys.copyTo(path.join(staging, KEYS_FILE));
      names.push(KEYS_FILE);
    }
    names.push(...(await tasks.write(records)));
    const counts = { keys: keys?.count('keys') ?? 0, tasks: records.filter(({ isOver }) => !isOver).length };
    pinned.close();

    phaseReporter('checking', onProgress)(sizeBytes, sizeBytes);
    refuseDamaged(staging, indexFolder);
    signal?.throwIfAborted();
    return await pack(staging, names, {
      manifest: {
        format: 'fihrist-backup',
        formatVersion: BACKUP_FORMAT_VERSION,
        createdAt,
        programVersion,
        ...facts,
        models: [...models],
        ...counts,
      },
      report: phaseReporter('packing', onProgress),
      signal,
    });
  } finally {
    pinned.close();
  }
}

/** Pins database and keys right after the records of the tasks were read; again when one has come or ended in between. */
async function pinState(indexFolder: string, tasks: TaskCopy) {
  const keysFile = path.join(indexFolder, KEYS_FILE);
  for (;;) {
    await tasks.copyArticles();
    const records = await tasks.readRecords();
    const store = PinnedDatabase.open(databasePath(indexFolder));
    let keys: PinnedDatabase | null = null;
    const close = () => {
      store.close();
      keys?.close();
    };
    try {
      if ((await stat(keysFile).catch(() => null)) !== null) keys = PinnedDatabase.open(keysFile);
      if (!(await tasks.haveMovedOn(records))) return { store, keys, records, close };
    } catch (error) {
      close();
      throw error;
    }
    close();
  }
}

/** A copy of a damaged database could not be restored: better to hear of it now. */
function refuseDamaged(staging: string, indexFolder: string): void {
  const { problems } = examineDatabase(staging);
  const [first] = problems;
  if (first === undefined) return;
  const path = databasePath(indexFolder);
  throw new FihristError(
    'STORE_UNUSABLE',
    `${path} is damaged (${first}), so that a backup of it could not be restored; fihrist verify tells all that is wrong.`,
    { details: { path, reason: first } },
  );
}

interface Packing {
  readonly manifest: Omit<BackupManifest, 'sizeBytes'>;
  readonly report: (bytesDone: number, bytesTotal: number) => void;
  readonly signal: AbortSignal | undefined;
}

async function pack(
  staging: string,
  names: readonly string[],
  { manifest: facts, report, signal }: Packing,
): Promise<BackupManifest> {
  let sizeBytes = 0;
  for (const name of names) sizeBytes += (await stat(path.join(staging, name))).size;
  const manifest: BackupManifest = { ...facts, sizeBytes };
  const sums = new ChecksumsOfFiles();
  await packTar(
    path.join(staging, PACKED),
    [
      { name: MANIFEST_FILE, text: () => `${JSON.stringify(manifest, null, 2)}\n` },
      ...names.map((name) => ({ name, file: path.join(staging, name) })),
      { name: CHECKSUMS_FILE, text: () => formatChecksums(sums.all()) },
    ],
    {
      mtime: new Date(manifest.createdAt),
      signal,
      onChunk: (name, chunk) => sums.add(name, chunk),
      onBytes: (bytesDone) => report(Math.min(bytesDone, sizeBytes), sizeBytes),
    },
  );
  return manifest;
}

/** The copy and the archive made of it are there at once. */
async function refuseWithoutRoom(folder: string, sizeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const [needed, free] = [2 * sizeBytes, bavail * bsize];
  if (free >= needed) return;
  const inMb = (bytes: number) => Math.ceil(bytes / 1_000_000).toLocaleString('en-US');
  throw new FihristError(
    'DISK_FULL',
    `The backup needs ${inMb(needed)} MB of room in ${path.dirname(folder)} while it is made; there are ${inMb(free)}. Nothing was changed.`,
    { details: { path: path.dirname(folder), neededBytes: needed, freeBytes: free } },
  );
}

function phaseReporter(
  phase: BackupProgress['phase'],
  onProgress: BackupOptions['onProgress'],
): (bytesDone: number, bytesTotal: number) => void {
  const started = performance.now();
  return (bytesDone, bytesTotal) =>
    onProgress?.({ phase, bytesDone, bytesTotal, elapsedMs: performance.now() - started });
}
