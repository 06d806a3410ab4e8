import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';
import { lockEditionsBeside } from '../storage/edition-places.js';
import { acquireFolderLock } from '../storage/folder-lock.js';
import { prepareFolder } from '../storage/sqlite-connection.js';
import {
  abandonRestoring,
  commitSwitch,
  completeSwitches,
  prepareRestoring,
  RESTORING,
} from '../storage/switch-archive.js';
import { toBackupFileError } from './backup-errors.js';
import { type BackupManifest, type BackupProgress, KEYS_FILE } from './backup-format.js';
import { readBackupManifest, unpackBackup } from './unpack-backup.js';

export interface RestoreOptions {
  readonly file: string;
  readonly indexFolder: string;
  /** Whether an archive that is there gives way. Default: it is refused. */
  readonly replaces?: boolean;
  /** Opens the keys of a folder as the service does; throws when it could not. Default: SQLite's own checks alone. */
  readonly checkKeys?: (folder: string) => Promise<void>;
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Makes an index folder hold what a backup holds, and nothing else. All of the backup is unpacked beside and checked
 * before anything of the folder is touched; then one rename decides, so that a kill leaves the one archive or the
 * other. Snapshots are not in a backup: the next start makes them of the database. Editions beside the served one are of
 * the archive that gives way, and go with it.
 *
 * @throws INDEX_NOT_EMPTY (caller); STORE_LOCKED (operator) while another process has the folder, or an edition in it; BACKUP_INVALID,
 *   BACKUP_FILE_UNUSABLE, STORE_NEWER_SCHEMA, DISK_FULL, STORE_READ_ONLY (operator); what `signal` fires with. After
 *   any of them the archive is as it was.
 * Cost: room for one copy of the database in the index folder, with `replaces` beside the former one.
 */
export async function restoreBackup(options: RestoreOptions): Promise<BackupManifest> {
  const { indexFolder, replaces = false } = options;
  const file = path.resolve(options.file);
  // What is no backup at all leaves no folder behind.
  await readBackupManifest(file);
  prepareFolder(indexFolder);
  const lock = acquireFolderLock(indexFolder);
  try {
    await completeSwitches(indexFolder);
    if (!replaces) await refuseArchive(indexFolder);
    const prepared = await prepareRestoring(indexFolder);
    const manifest = await unpackBackup(file, prepared, options);
    if (existsSync(path.join(prepared, KEYS_FILE))) await options.checkKeys?.(prepared);
    options.signal?.throwIfAborted();
    const editions = lockEditionsBeside(indexFolder);
    try {
      await commitSwitch(indexFolder, RESTORING, RESTORING.emptied);
    } finally {
      editions.release();
    }
    return manifest;
  } catch (error) {
    await abandonRestoring(indexFolder);
    throw toBackupFileError(error, indexFolder);
  } finally {
    lock.release();
  }
}

async function refuseArchive(indexFolder: string): Promise<void> {
  const tasks = await readdir(path.join(indexFolder, 'tasks')).catch(() => []);
  const names = await readdir(indexFolder);
  const found = names.find((name) => name === 'fihrist.db' || name === 'keys.db');
  const held = found ?? (tasks.length > 0 ? 'tasks' : undefined);
  if (held === undefined) return;
  throw new FihristError(
    'INDEX_NOT_EMPTY',
    `The index folder ${indexFolder} holds an archive (${held}); --replace puts the backup in its place, and what is there is gone then.`,
    { details: { folder: indexFolder, found: held } },
  );
}
