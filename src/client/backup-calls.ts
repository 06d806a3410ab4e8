import { type CallOptions, DEFAULT_TIMEOUTS_MS } from './client-options.js';
import type { Connection } from './connection.js';
import { toPathPart } from './request-path.js';
import { wait } from './time-limit.js';
import type { Backup, BackupReply, BackupSummary } from './wire-types.js';

export interface WaitForBackupOptions extends CallOptions {
  /** Told each time that the backup was asked for, the last time when it is over. */
  readonly onProgress?: (backup: Backup) => void;
}

const FIRST_POLL_MS = 100;
const LONGEST_POLL_MS = 2_000;

/** Not sent again when the reply is lost: the first one may have begun a backup already. */
export async function createBackup(connection: Connection, options: CallOptions): Promise<BackupSummary> {
  const { backup } = await connection.json<BackupReply>(
    { method: 'POST', path: '/v1/backups', repeats: 'if-refused' },
    options,
    DEFAULT_TIMEOUTS_MS.read,
  );
  return backup;
}

export function getBackup(connection: Connection, id: string, options: CallOptions): Promise<Backup> {
  return connection.json<Backup>(
    { method: 'GET', path: `/v1/backups/${toPathPart(id, 'id')}` },
    options,
    DEFAULT_TIMEOUTS_MS.read,
  );
}

/**
 * Waits until a backup is over, however long that takes: asks after 100 ms, then more and more rarely, at last every
 * 2 s. A backup ends with the service.
 *
 * @throws as every call; BACKUP_NOT_FOUND, also when the service was started again meanwhile
 */
export async function waitForBackup(
  connection: Connection,
  id: string,
  { onProgress, ...options }: WaitForBackupOptions,
): Promise<Backup> {
  const signal = options.signal ?? new AbortController().signal;
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(LONGEST_POLL_MS, pollMs * 1.5)) {
    const backup = await getBackup(connection, id, options);
    onProgress?.(backup);
    if (backup.state !== 'running') return backup;
    await wait(pollMs, signal);
  }
}
