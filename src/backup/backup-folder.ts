import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';
import { syncFile } from '../storage/sync-file.js';
import { toBackupFileError } from './backup-errors.js';
import type { BackupManifest } from './backup-format.js';
import { idOfBackup, isLeftover, nameOfBackup, timeOfBackup } from './backup-names.js';

/** A file of a folder of backups, as far as it says of itself. */
export interface BackupFile {
  readonly id: string;
  readonly sizeBytes: number;
  /** What it is, or why that cannot be read. */
  readonly content: BackupManifest | FihristError;
}

/** The folder in which a service keeps the backups that it makes. It is made when the first one is. */
export class BackupFolder {
  readonly path: string;
  /** By id; of a file that was not changed since it need not be read again. */
  readonly #read = new Map<string, { readonly version: string; readonly file: BackupFile }>();

  constructor(folder: string) {
    this.path = folder;
  }

  fileOf(id: string): string {
    return path.join(this.path, nameOfBackup(id));
  }

  /** @throws DISK_FULL, BACKUP_FILE_UNUSABLE (operator) */
  async make(): Promise<void> {
    await this.#translated(mkdir(this.path, { recursive: true, mode: 0o700 }));
  }

  /** Removes what interrupted backups have left. @throws as `make` */
  async clear(): Promise<void> {
    for (const name of (await this.#names()).filter(isLeftover)) {
      await this.#translated(rm(path.join(this.path, name), { recursive: true, force: true }));
    }
  }

  /** The newest first. @throws as `make` */
  async ids(): Promise<string[]> {
    const ids = (await this.#names()).map(idOfBackup).filter((id) => id !== null);
    return ids.sort().reverse();
  }

  /** Null when there is none. @throws as `make` */
  async find(id: string): Promise<BackupFile | null> {
    if (timeOfBackup(id) === null) return null;
    const facts = await this.#translated(stat(this.fileOf(id)).catch(ifMissing(null)));
    if (facts === null || !facts.isFile()) {
      this.#read.delete(id);
      return null;
    }
    const version = `${facts.size} ${facts.mtimeMs}`;
    const known = this.#read.get(id);
    if (known?.version === version) return known.file;
    const file = { id, sizeBytes: facts.size, content: await readManifest(this.fileOf(id)) };
    this.#read.set(id, { version, file });
    return file;
  }

  /** @throws as `make` */
  async remove(id: string): Promise<void> {
    this.#read.delete(id);
    await this.#translated(rm(this.fileOf(id), { force: true }).then(() => syncFile(this.path)));
  }

  async #names(): Promise<string[]> {
    return this.#translated(readdir(this.path).catch(ifMissing([])));
  }

  async #translated<Result>(work: Promise<Result>): Promise<Result> {
    return work.catch((error: unknown) => {
      throw toBackupFileError(error, this.path);
    });
  }
}

async function readManifest(file: string): Promise<BackupManifest | FihristError> {
  try {
    // What reads archives takes megabytes, which a service needs that is asked for its backups.
    const { readBackupManifest } = await import('./unpack-backup.js');
    return await readBackupManifest(file);
  } catch (error) {
    if (error instanceof FihristError) return error;
    throw error;
  }
}

function ifMissing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value;
    throw error;
  };
}
