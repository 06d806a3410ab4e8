import { join } from 'node:path';
import { FihristError } from '../domain/errors.js';
import { openLockConnection, type SqliteConnection } from './sqlite-connection.js';
import { translateSqliteError } from './translate-sqlite-error.js';

export interface FolderLock {
  release(): void;
}

/**
 * Makes this process the only writer of an index folder, until it releases or ends, however it ends.
 *
 * The lock is SQLite's own: a small database held in a RESERVED transaction. The system drops such a lock with the
 * process, so that a killed one leaves nothing behind, which a file with a pid in it cannot promise. RESERVED and not
 * EXCLUSIVE, because others must still be able to read the holder's pid.
 * @throws STORE_LOCKED (operator)  naming the holder's pid; STORE_READ_ONLY, STORE_UNUSABLE, DISK_FULL (operator)
 */
export function acquireFolderLock(folder: string): FolderLock {
  const path = join(folder, 'fihrist.lock');
  let connection: SqliteConnection | null = null;
  try {
    connection = openLockConnection(path);
    connection.exec('BEGIN IMMEDIATE');
    connection.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL, since TEXT NOT NULL) STRICT');
    connection.exec('DELETE FROM holder');
    connection
      .prepare('INSERT INTO holder (pid, since) VALUES (?, ?)')
      .run(process.pid, new Date().toISOString());
    connection.exec('COMMIT');
    connection.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const refusal = refusalFor(error, folder, path, connection);
    connection?.close();
    throw refusal;
  }
  const held = connection;
  return { release: () => held.close() };
}

function refusalFor(
  error: unknown,
  folder: string,
  path: string,
  connection: SqliteConnection | null,
): unknown {
  const translated = translateSqliteError(error, path);
  if (!(translated instanceof FihristError) || translated.code !== 'STORE_LOCKED') return translated;
  const holder = connection === null ? null : readHolder(connection);
  const who = holder === null ? 'another process' : `process ${holder.pid} (since ${holder.since})`;
  return new FihristError('STORE_LOCKED', `The index folder ${folder} is in use by ${who}.`, {
    details: { folder, ...(holder ?? {}) },
    cause: error,
  });
}

function readHolder(connection: SqliteConnection): { pid: number; since: string } | null {
  try {
    const row = connection.prepare<[], { pid: number; since: string }>('SELECT pid, since FROM holder').get();
    return row ?? null;
  } catch {
    return null;
  }
}
