import { existsSync } from 'node:fs';
import { readdir, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';
import { examineDatabase, PinnedDatabase, type StoreFacts } from '../storage/copy-database.js';
import { acquireFolderLock } from '../storage/folder-lock.js';
import { databasePath, prepareFolder } from '../storage/sqlite-connection.js';
import { syncFile } from '../storage/sync-file.js';
import { translateSqliteError } from '../storage/translate-sqlite-error.js';
import { readEditionNote, writeEditionNote } from './edition-note.js';

/** The model that an edition is of. */
export interface EditionModel {
  readonly fingerprint: string;
  /** As the settings name it. */
  readonly name: string;
  /** Null when that is not known before it has run. */
  readonly dimensions: number | null;
}

/** How far the copy is that an edition begins as. */
export interface CopyingProgress {
  readonly phase: 'copying' | 'checking';
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly elapsedMs: number;
}

export interface BeginOptions {
  readonly indexFolder: string;
  readonly model: EditionModel;
  readonly onProgress?: ((progress: CopyingProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A graph has so many bytes a point beside its vector; the vectors themselves are in the snapshot once. */
const GRAPH_BYTES_PER_PASSAGE = 200;

/** The write-ahead log of the edition, however small that is. */
const LOG_BYTES = 16_000_000;

/**
 * Begins the next edition: a checked copy of the database as it is at the moment, with a note of the model that is to
 * embed it. Others may write to the database. What an interrupted call has left is removed first.
 *
 * @throws EDITION_EXISTS (caller) when the next edition is another model's; STORE_LOCKED (operator) while another
 *   process is at it; STORE_UNUSABLE (operator) when there is no database, or a damaged one; DISK_FULL,
 *   STORE_READ_ONLY, BACKUP_FILE_UNUSABLE (operator); what `signal` fires with
 * Cost: as a backup, without packing.
 */
export async function beginEdition(options: BeginOptions): Promise<void> {
  const { indexFolder, model } = options;
  const folder = path.join(indexFolder, 'next');
  if (!existsSync(databasePath(indexFolder))) refuseMissing(indexFolder);
  prepareFolder(folder);
  const lock = acquireFolderLock(folder);
  try {
    const note = readEditionNote(folder);
    if (note !== null && note.fingerprint !== model.fingerprint) throw editionExists(folder, note);
    if (note !== null) return;
    for (const name of await readdir(folder)) {
      if (!name.startsWith('fihrist.lock')) await rm(path.join(folder, name), { recursive: true });
    }
    await copyDatabase(folder, options);
    options.signal?.throwIfAborted();
    await syncFile(folder);
    await writeEditionNote(folder, {
      fingerprint: model.fingerprint,
      model: model.name,
      begunAt: new Date().toISOString(),
    });
    await syncFile(indexFolder);
  } catch (error) {
    throw translateSqliteError(error, folder);
  } finally {
    lock.release();
  }
}

async function copyDatabase(folder: string, options: BeginOptions): Promise<void> {
  const { indexFolder, model, onProgress, signal } = options;
  const started = performance.now();
  const report = (phase: CopyingProgress['phase'], bytesDone: number, bytesTotal: number) =>
    onProgress?.({ phase, bytesDone, bytesTotal, elapsedMs: performance.now() - started });
  const pinned = PinnedDatabase.open(databasePath(indexFolder));
  try {
    const { sizeBytes } = pinned;
    await refuseWithoutRoom(
      folder,
      roomFor(pinned.storeFacts(), { sizeBytes, dimensions: model.dimensions }),
    );
    await pinned.copyTo(databasePath(folder), {
      onProgress: ({ bytesDone, bytesTotal }) => report('copying', bytesDone, bytesTotal),
      ...(signal === undefined ? {} : { signal }),
    });
    report('checking', sizeBytes, sizeBytes);
  } finally {
    pinned.close();
  }
  const { problems } = examineDatabase(folder);
  const [reason] = problems;
  if (reason === undefined) return;
  const source = databasePath(indexFolder);
  throw new FihristError(
    'STORE_UNUSABLE',
    `${source} is damaged (${reason}), so that no edition is made of it; fihrist verify tells all that is wrong.`,
    { details: { path: source, reason } },
  );
}

/**
 * Bytes that an edition needs while it is made: the copy, a quarter for what is written beside what it takes the place
 * of (an eighth was measured), more by as much as its vectors are longer, its log, and the snapshot of its vector index.
 */
export function roomFor(
  { passages, models }: Pick<StoreFacts, 'passages' | 'models'>,
  { sizeBytes, dimensions }: { readonly sizeBytes: number; readonly dimensions: number | null },
): number {
  const former = Math.max(1, ...models.map((model) => model.dimensions));
  const next = dimensions ?? former;
  const growth = Math.max(1, next / former);
  const snapshot = passages * (4 * next + GRAPH_BYTES_PER_PASSAGE);
  return Math.ceil(1.25 * sizeBytes * growth) + snapshot + LOG_BYTES;
}

async function refuseWithoutRoom(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes) return;
  const inMb = (bytes: number) => Math.ceil(bytes / 1_000_000).toLocaleString('en-US');
  throw new FihristError(
    'DISK_FULL',
    `An edition needs ${inMb(neededBytes)} MB of room in ${folder}; there are ${inMb(freeBytes)}. Nothing was changed.`,
    { details: { path: folder, neededBytes, freeBytes } },
  );
}

function refuseMissing(indexFolder: string): never {
  const path = databasePath(indexFolder);
  throw new FihristError('STORE_UNUSABLE', `There is no database at ${path} yet; ingest articles first.`, {
    details: { path, reason: 'missing' },
  });
}

function editionExists(folder: string, { fingerprint, model }: { fingerprint: string; model: string }) {
  return new FihristError(
    'EDITION_EXISTS',
    `The edition in ${folder} is of another model (${model}, ${fingerprint}); fihrist reembed --drop next removes it.`,
    { details: { folder, model, fingerprint } },
  );
}
