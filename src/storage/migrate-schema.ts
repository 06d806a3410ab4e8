import { FihristError } from '../domain/errors.js';
import { remedyOf } from './file-remedy.js';
import { publishedMs } from './matches-filter.js';
import { ARTICLES_PASSAGES_VECTORS } from './migrations/0001-articles-passages-vectors.js';
import { WORDS_AND_TERMS } from './migrations/0002-words-and-terms.js';
import { PUBLICATION_TIMES } from './migrations/0003-publication-times.js';
import { OPENINGS } from './migrations/0004-openings.js';
import { CHECKSUMS } from './migrations/0005-checksums.js';
import { TASK_RESULTS } from './migrations/0006-task-results.js';
import { registerChecksums } from './row-checksums.js';
import type { SqliteConnection } from './sqlite-connection.js';

/** SQL that leads from version `index` to `index + 1`. Appended to, never edited: databases exist that ran it. */
const MIGRATIONS: readonly string[] = [
  ARTICLES_PASSAGES_VECTORS,
  WORDS_AND_TERMS,
  PUBLICATION_TIMES,
  OPENINGS,
  CHECKSUMS,
  TASK_RESULTS,
];

/** Version of the schema that this program reads and writes; kept in `PRAGMA user_version`. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** "FIHR": tells a Fihrist database from any other SQLite file; kept in `PRAGMA application_id`. */
export const APPLICATION_ID = 0x46494852;

/**
 * Refuses a database that is not ours or that a newer program wrote. Reads only.
 * @throws STORE_NEWER_SCHEMA, STORE_UNUSABLE (operator)
 */
export function checkSchema(connection: SqliteConnection, path: string): { schemaVersion: number } {
  const schemaVersion = Number(connection.pragma('user_version', { simple: true }));
  const applicationId = Number(connection.pragma('application_id', { simple: true }));
  const isEmpty = connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!isEmpty && applicationId !== APPLICATION_ID) {
    throw new FihristError(
      'STORE_UNUSABLE',
      `${path} is a SQLite database of another program. ${remedyOf(path)}`,
      {
        details: { path, reason: 'another program' },
      },
    );
  }
  if (schemaVersion > SCHEMA_VERSION) throw newerSchema(path, schemaVersion);
  return { schemaVersion };
}

/** The refusal that names both versions. */
export function newerSchema(path: string, schemaVersion: number): FihristError {
  return new FihristError(
    'STORE_NEWER_SCHEMA',
    `${path} has schema version ${schemaVersion}; this program knows versions up to ${SCHEMA_VERSION}. Use the newer program, or another index folder.`,
    { details: { path, found: schemaVersion, known: SCHEMA_VERSION } },
  );
}

/**
 * Brings a checked database to SCHEMA_VERSION, each step in a transaction of its own, so that a crash leaves it
 * at one version or the next, never between. The connection knows `checksum_of` then.
 */
export function migrateSchema(connection: SqliteConnection, path: string): void {
  const { schemaVersion } = checkSchema(connection, path);
  connection.function('published_ms_of', { deterministic: true }, publishedMs);
  registerChecksums(connection);
  for (let version = schemaVersion; version < SCHEMA_VERSION; version += 1) {
    const sql = MIGRATIONS[version] ?? '';
    connection
      .transaction(() => {
        connection.exec(sql);
        connection.pragma(`application_id = ${APPLICATION_ID}`);
        connection.pragma(`user_version = ${version + 1}`);
      })
      .immediate();
  }
}
