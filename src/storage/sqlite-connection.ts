import { accessSync, closeSync, constants, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { FihristError } from '../domain/errors.js';
import { remedyOf } from './file-remedy.js';
import { checkSchema, migrateSchema, newerSchema, SCHEMA_VERSION } from './migrate-schema.js';
import { checkWordsVersion } from './renew-words.js';
import { registerChecksums } from './row-checksums.js';
import { translatingSqliteErrors } from './translate-sqlite-error.js';

export type SqliteConnection = Database.Database;

const PAGE_CACHE_BYTES = 64 * 1_024 * 1_024;

/** Where the database of an index folder is. */
export function databasePath(folder: string): string {
  return join(folder, 'fihrist.db');
}

/**
 * Makes the index folder when it is missing.
 * @throws STORE_READ_ONLY, STORE_UNUSABLE, DISK_FULL (operator)
 */
export function prepareFolder(folder: string): void {
  translatingSqliteErrors(folder, () => {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  });
}

/**
 * Opens the database of `folder` for writing, makes it when it is missing, and brings its schema up to date.
 * Committed means on disk: WAL with synchronous=FULL.
 * @param options.maxSizeBytes  The file refuses to grow beyond it (DISK_FULL), in steps of a page.
 * @throws STORE_UNUSABLE, STORE_NEWER_SCHEMA, STORE_READ_ONLY, DISK_FULL (operator); the file is not touched then.
 */
export function openWritableConnection(
  folder: string,
  options: { maxSizeBytes?: number } = {},
): SqliteConnection {
  const path = databasePath(folder);
  return translatingSqliteErrors(path, () => {
    checkHeader(path);
    const connection = new Database(path, { timeout: 5_000 });
    try {
      checkSchema(connection, path);
      configureWriter(connection, options);
      migrateSchema(connection, path);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/**
 * Opens an existing database for reading. Sees what was committed, never waits for the writer.
 * @param options.pageCacheBytes  Pages of the file that are kept in memory. Default: 64 MiB.
 * @throws STORE_UNUSABLE, STORE_NEWER_SCHEMA (operator)
 */
export function openReadOnlyConnection(
  folder: string,
  { pageCacheBytes = PAGE_CACHE_BYTES }: { pageCacheBytes?: number } = {},
): SqliteConnection {
  const path = databasePath(folder);
  return translatingSqliteErrors(path, () => {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) {
      throw new FihristError(
        'STORE_UNUSABLE',
        `There is no database at ${path} yet; ingest articles first.`,
        {
          details: { path, reason: 'missing' },
        },
      );
    }
    checkHeader(path);
    const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
    try {
      const { schemaVersion } = checkSchema(connection, path);
      if (schemaVersion < SCHEMA_VERSION) throw notReadableYet(path, schemaVersion);
      checkWordsVersion(connection, path);
      registerChecksums(connection);
      connection.pragma(`cache_size = -${Math.max(1, Math.floor(pageCacheBytes / 1_024))}`);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/**
 * Opens an existing database of any known schema to look at it before it is opened for writing. Leaves file and log as
 * they are.
 * @throws STORE_UNUSABLE, STORE_NEWER_SCHEMA (operator)
 */
export function openConnectionForChecking(folder: string): SqliteConnection {
  const path = databasePath(folder);
  checkHeader(path);
  const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    checkSchema(connection, path);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * Opens any database of this program as it is, of whatever version, to copy it or look it over.
 * @throws STORE_UNUSABLE (operator) when the file is missing or no database
 */
export function openForCopying(path: string): SqliteConnection {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw new FihristError('STORE_UNUSABLE', `There is no database at ${path}.`, {
      details: { path, reason: 'missing' },
    });
  }
  return new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
}

/** A reader cannot bring a database up to date, or make one out of an empty file. */
function notReadableYet(path: string, schemaVersion: number): FihristError {
  return new FihristError(
    'STORE_UNUSABLE',
    `${path} has schema version ${schemaVersion}, not ${SCHEMA_VERSION}; start the service or ingest once to bring it up to date.`,
    { details: { path, found: schemaVersion, known: SCHEMA_VERSION } },
  );
}

/** Opens a small database as a lock: rollback journal, no waiting. See folder-lock.ts. */
export function openLockConnection(path: string): SqliteConnection {
  return new Database(path, { timeout: 0 });
}

/**
 * Opens a small database beside the archive's, for whoever keeps something that several processes write. Makes the file
 * when it is missing; its schema is the caller's. Committed means on disk, and what others committed is read at once.
 */
export function openSideConnection(path: string): SqliteConnection {
  const connection = new Database(path, { timeout: 2_000 });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function configureWriter(connection: SqliteConnection, options: { maxSizeBytes?: number }): void {
  // Vectors of one passage are about 3.5 KB: with 8 KB pages they need no overflow page. Only works on an empty file.
  connection.pragma('page_size = 8192');
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  if (options.maxSizeBytes !== undefined) {
    const pageSize = Number(connection.pragma('page_size', { simple: true }));
    connection.pragma(`max_page_count = ${Math.max(1, Math.floor(options.maxSizeBytes / pageSize))}`);
  }
}

/**
 * Looks at the first 100 bytes before SQLite does, because opening a connection already makes side files and a
 * refused database must stay exactly as it was. Source: https://sqlite.org/fileformat2.html, section 1.3.
 */
function checkHeader(path: string): void {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return;
  if (!facts.isFile()) {
    throw new FihristError('STORE_UNUSABLE', `${path} is not a file.`, {
      details: { path, reason: 'not a file' },
    });
  }
  const header = new DataView(new ArrayBuffer(100));
  const file = openSync(path, 'r');
  try {
    const length = readSync(file, header, 0, 100, 0);
    if (length === 0) return;
    const magic = String.fromCharCode(...new Uint8Array(header.buffer, 0, 15));
    if (length < 100 || magic !== 'SQLite format 3') {
      throw new FihristError(
        'STORE_UNUSABLE',
        `${path} is not a database: it is damaged or another file. ${remedyOf(path)}`,
        {
          details: { path, reason: 'not a database' },
        },
      );
    }
    const schemaVersion = header.getUint32(60);
    if (schemaVersion > SCHEMA_VERSION) throw newerSchema(path, schemaVersion);
  } finally {
    closeSync(file);
  }
}
