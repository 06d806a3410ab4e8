import { hostname } from 'node:os';
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
 * @throws STORE_LOCKED (operator)  naming the holder's pid, and its host where that is another, as in containers; STORE_READ_ONLY, STORE_UNUSABLE, DISK_FULL (operator)
 */
export function acquireFolderLock(folder: string): FolderLock {
  const path = join(folder, 'fihrist.lock');
  let connection: SqliteConnection | null = null;
  try {
    connection = openLockConnection(path);
    connection.exec('BEGIN IMMEDIATE');
    connection.exec('DROP TABLE IF EXISTS holder');
    connection.exec(
      'CREATE TABLE holder (pid INTEGER NOT NULL, since TEXT NOT NULL, host TEXT NOT NULL) STRICT',
    );
    connection
      .prepare('INSERT INTO holder (pid, since, host) VALUES (?, ?, ?)')
      .run(process.pid, new Date().toISOString(), hostname());
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
  const who = holder === null ? 'another process' : nameHolder(holder);
  return new FihristError('STORE_LOCKED', `The index folder ${folder} is in use by ${who}.`, {
    details: { folder, ...(holder ?? {}) },
    cause: error,
  });
}

interface Holder {
  readonly pid: number;
  readonly since: string;
  readonly host: string;
}

function nameHolder({ pid, since, host }: Holder): string {
  return `process ${pid}${host === hostname() ? '' : ` on ${host}`} (since ${since})`;
}

function readHolder(connection: SqliteConnection): Holder | null {
  try {
    return connection.prepare<[], Holder>('SELECT pid, since, host FROM holder').get() ?? null;
  } catch {
    return null;
  }
}
