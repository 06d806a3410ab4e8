import type { Logger } from 'pino';
import { FihristError } from '../domain/errors.js';
import { describeValue, quoteValue } from '../text/describe-value.js';
import { type BackupFile, BackupFolder } from './backup-folder.js';
import type { BackupManifest, BackupProgress } from './backup-format.js';
import { nameOfBackup, timeOfBackup, toBackupId } from './backup-names.js';
import type { MakeBackup } from './make-backup-in-thread.js';

export const BACKUP_STATES = ['running', 'done', 'failed'] as const;

/** A backup that a service makes, has made, or could not make. */
export interface Backup {
  readonly id: string;
  readonly state: (typeof BACKUP_STATES)[number];
  /** Of its file, in the folder of backups. */
  readonly name: string;
  /** When it was asked for (ISO 8601, UTC). */
  readonly createdAt: string;
  /** Null as long as there is no file. */
  readonly sizeBytes: number | null;
  /** Null when it is not running, or has just begun. */
  readonly progress: BackupProgress | null;
  /** What it holds; null when it is not done. */
  readonly manifest: BackupManifest | null;
  /** Why it failed; of a file that is no whole backup, what is wrong with it. */
  readonly error: FihristError | null;
}

export interface BackupsOptions {
  readonly folder: string;
  /** So many are kept; older ones are removed when a new one is done. 0: all. */
  readonly kept: number;
  readonly make: MakeBackup;
  readonly logger: Logger;
}

interface RunningBackup {
  readonly id: string;
  readonly controller: AbortController;
  progress: BackupProgress | null;
  ended: Promise<void>;
}

/** Failed ones are told of until the service stops: so many. */
const MOST_FAILED = 20;

/** The backups of a service: one is made at a time, while everything else goes on. */
export class Backups {
  readonly #options: BackupsOptions;
  readonly #folder: BackupFolder;
  readonly #failed = new Map<string, FihristError>();
  #running: RunningBackup | null = null;
  #isClosed = false;
  #lastMs: number;

  private constructor(options: BackupsOptions, folder: BackupFolder, newest: string | undefined) {
    this.#options = options;
    this.#folder = folder;
    this.#lastMs = (newest === undefined ? null : timeOfBackup(newest)) ?? 0;
  }

  /** Clears away what an interruption has left. A folder that cannot be used is told of when a backup is asked for. */
  static async open(options: BackupsOptions): Promise<Backups> {
    const folder = new BackupFolder(options.folder);
    const ids = await folder
      .clear()
      .then(() => folder.ids())
      .catch((error: unknown) => {
        options.logger.warn({ err: error }, 'the folder of backups cannot be used');
        return [];
      });
    return new Backups(options, folder, ids[0]);
  }

  /**
   * Begins a backup: it will hold all that was acknowledged before.
   * @throws BACKUP_RUNNING (caller); SHUTTING_DOWN, DISK_FULL, BACKUP_FILE_UNUSABLE (operator)
   */
  async start(): Promise<Backup> {
    if (this.#isClosed) throw new FihristError('SHUTTING_DOWN', 'The service is stopping.');
    if (this.#running !== null) throw backupRunning(this.#running.id);
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    const id = toBackupId(this.#lastMs);
    const controller = new AbortController();
    const running: RunningBackup = { id, controller, progress: null, ended: Promise.resolve() };
    this.#running = running;
    try {
      await this.#folder.make();
    } catch (error) {
      this.#running = null;
      throw error;
    }
    running.ended = this.#run(running).finally(() => {
      this.#running = null;
    });
    return toRunning(running);
  }

  /** The newest first. @throws DISK_FULL, BACKUP_FILE_UNUSABLE (operator) */
  async list(): Promise<Backup[]> {
    const backups = new Map<string, Backup>();
    for (const id of await this.#folder.ids()) {
      const file = await this.#folder.find(id);
      if (file !== null) backups.set(id, toBackup(file));
    }
    for (const [id, error] of this.#failed) backups.set(id, toFailed(id, error));
    if (this.#running !== null) backups.set(this.#running.id, toRunning(this.#running));
    return [...backups.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** @throws BACKUP_NOT_FOUND (caller); as `list` */
  async get(id: string): Promise<Backup> {
    if (this.#running?.id === id) return toRunning(this.#running);
    const error = this.#failed.get(id);
    if (error !== undefined) return toFailed(id, error);
    const file = await this.#folder.find(id);
    if (file === null) throw backupNotFound(id);
    return toBackup(file);
  }

  /** When the newest one there is was asked for, by the names of files alone; null when there is none. Never fails. */
  async newestMs(): Promise<number | null> {
    const [newest] = await this.#folder.ids().catch(() => []);
    return newest === undefined ? null : timeOfBackup(newest);
  }

  /** The SHA-256 of each file in a backup, by name, as it says of itself. @throws BACKUP_INVALID (operator); as `get` */
  async checksums(id: string): Promise<ReadonlyMap<string, string>> {
    const { readBackupChecksums } = await import('./read-checksums.js');
    return readBackupChecksums(this.#folder.fileOf(id));
  }

  /** Removes a backup; one that runs is called off first. @throws as `get` */
  async delete(id: string): Promise<void> {
    if (this.#running?.id === id) {
      const { controller, ended } = this.#running;
      controller.abort();
      await ended;
      // It may have been done by then.
      await this.#folder.remove(id);
      return;
    }
    if (this.#failed.delete(id)) return;
    await this.get(id);
    await this.#folder.remove(id);
  }

  /** Calls off the one that runs: nothing is left of it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#running?.controller.abort();
    await this.#running?.ended;
  }

  /** Never fails. */
  async #run(running: RunningBackup): Promise<void> {
    const { make, logger } = this.#options;
    const { id, controller } = running;
    const startedAt = performance.now();
    try {
      const { file, sizeBytes } = await make(this.#folder.fileOf(id), {
        signal: controller.signal,
        onProgress: (progress) => {
          running.progress = progress;
        },
      });
      const elapsedMs = Math.round(performance.now() - startedAt);
      logger.info({ backup: id, file, sizeBytes, elapsedMs }, 'a backup was made');
      await this.#removeOld();
    } catch (error) {
      if (controller.signal.aborted) return;
      logger.error({ backup: id, err: error }, 'a backup failed');
      this.#failed.set(id, error instanceof FihristError ? error : unexpected(error));
      const [oldest] = this.#failed.keys();
      if (oldest !== undefined && this.#failed.size > MOST_FAILED) this.#failed.delete(oldest);
    }
  }

  /** What is damaged does not count, and goes with those that are older than all that are kept. Never fails. */
  async #removeOld(): Promise<void> {
    const { kept, logger } = this.#options;
    if (kept === 0) return;
    try {
      let whole = 0;
      for (const id of await this.#folder.ids()) {
        if (whole >= kept) await this.#folder.remove(id);
        else if (!((await this.#folder.find(id))?.content instanceof FihristError)) whole += 1;
      }
    } catch (error) {
      logger.warn({ err: error }, 'an old backup could not be removed');
    }
  }
}

function toBackup({ id, sizeBytes, content }: BackupFile): Backup {
  const isWhole = !(content instanceof FihristError);
  return {
    ...headingOf(id),
    state: isWhole ? 'done' : 'failed',
    sizeBytes,
    manifest: isWhole ? content : null,
    error: isWhole ? null : content,
  };
}

function toRunning({ id, progress }: RunningBackup): Backup {
  return { ...headingOf(id), state: 'running', progress };
}

function toFailed(id: string, error: FihristError): Backup {
  return { ...headingOf(id), state: 'failed', error };
}

function headingOf(id: string) {
  const createdAt = new Date(timeOfBackup(id) ?? 0).toISOString();
  return {
    id,
    name: nameOfBackup(id),
    createdAt,
    sizeBytes: null,
    progress: null,
    manifest: null,
    error: null,
  };
}

function backupRunning(id: string): FihristError {
  return new FihristError(
    'BACKUP_RUNNING',
    `The backup ${id} is being made; wait until it is done, or delete it.`,
    { details: { id } },
  );
}

function backupNotFound(id: string): FihristError {
  return new FihristError('BACKUP_NOT_FOUND', `No backup has the id ${quoteValue(id)}.`, {
    details: { id: describeValue(id) },
  });
}

function unexpected(cause: unknown): FihristError {
  return new FihristError('INTERNAL', 'Something went wrong that should not have; the log has the details.', {
    cause,
  });
}
