import { existsSync } from 'node:fs';
import { FihristError } from '../domain/errors.js';
import { checkSchema } from './migrate-schema.js';
import { databasePath, openForCopying, type SqliteConnection } from './sqlite-connection.js';
import { translateSqliteError, translatingSqliteErrors } from './translate-sqlite-error.js';

/** Pages of 8 KB that are copied at a time: two or three milliseconds of the thread. */
const PAGES_AT_A_TIME = 250;

export interface CopyProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** What a database of articles holds, in the state that is copied. */
export interface StoreFacts {
  readonly schemaVersion: number;
  readonly generation: number;
  readonly articles: number;
  readonly passages: number;
  /** The models whose vectors it has, those with the most passages first. */
  readonly models: ReadonlyArray<{ fingerprint: string; dimensions: number; passages: number }>;
}

/**
 * One committed state of a database, held until `close`: whatever others write meanwhile, the copy is of this state.
 * While it is held, the write-ahead log cannot begin anew, and grows by what is written.
 */
export class PinnedDatabase {
  readonly #connection: SqliteConnection;
  readonly #path: string;

  private constructor(connection: SqliteConnection, path: string) {
    this.#connection = connection;
    this.#path = path;
  }

  /**
   * Pins the state of this moment.
   * @throws STORE_UNUSABLE, STORE_READ_ONLY (operator)
   */
  static open(path: string): PinnedDatabase {
    return translatingSqliteErrors(path, () => {
      const connection = openForCopying(path);
      try {
        connection.exec('BEGIN');
        // BEGIN alone pins nothing: the state is that of the first read.
        connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
        return new PinnedDatabase(connection, path);
      } catch (error) {
        connection.close();
        throw error;
      }
    });
  }

  get sizeBytes(): number {
    const pages = Number(this.#connection.pragma('page_count', { simple: true }));
    return pages * Number(this.#connection.pragma('page_size', { simple: true }));
  }

  /** Rows of `table` in this state. @param table  A name of this program's own. */
  count(table: string): number {
    return Number(this.#connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  }

  /** @throws STORE_UNUSABLE, STORE_NEWER_SCHEMA (operator) when it is no database of articles */
  storeFacts(): StoreFacts {
    return translatingSqliteErrors(this.#path, () => {
      checkSchema(this.#connection, this.#path);
      return readStoreFacts(this.#connection);
    });
  }

  /**
   * Copies the state into a new file, a little at a time; the copy is on disk when the promise resolves. SQLite begins
   * a copy anew whenever another process has written, unless the state is pinned as here.
   * @throws DISK_FULL, BACKUP_FILE_UNUSABLE (operator); what `signal` fires with
   */
  async copyTo(
    target: string,
    options: { onProgress?: (progress: CopyProgress) => void; signal?: AbortSignal } = {},
  ): Promise<void> {
    const pageSize = Number(this.#connection.pragma('page_size', { simple: true }));
    try {
      await this.#connection.backup(target, {
        progress: ({ totalPages, remainingPages }) => {
          options.signal?.throwIfAborted();
          options.onProgress?.({
            bytesDone: (totalPages - remainingPages) * pageSize,
            bytesTotal: totalPages * pageSize,
          });
          return PAGES_AT_A_TIME;
        },
      });
    } catch (error) {
      const translated = translateSqliteError(error, target);
      if (!(translated instanceof FihristError) || translated.code === 'DISK_FULL') throw translated;
      // SQLite does not tell which of the two files an error is about.
      throw new FihristError(
        'BACKUP_FILE_UNUSABLE',
        `${this.#path} could not be copied to ${target} (${translated.details.cause}); nothing was changed.`,
        { details: { path: target, cause: translated.details.cause ?? null }, cause: error },
      );
    }
  }

  close(): void {
    this.#connection.close();
  }
}

/**
 * Looks a copied database over before it is used: whether it is ours and not of a newer program, SQLite's own checks
 * of pages, indexes and references, and what it holds. Changes nothing.
 * @returns What is wrong, in sentences (at most 20), and what it holds; null when that cannot be read.
 * @throws STORE_NEWER_SCHEMA (operator)
 * Cost: reads the whole file, about 5 s a gigabyte. Blocks its thread.
 */
export function examineDatabase(folder: string): { problems: string[]; facts: StoreFacts | null } {
  const path = databasePath(folder);
  if (!existsSync(path)) return { problems: [`There is no ${path}.`], facts: null };
  let connection: SqliteConnection | null = null;
  try {
    connection = openForCopying(path);
    const { schemaVersion } = checkSchema(connection, path);
    if (schemaVersion === 0) return { problems: [`${path} is empty.`], facts: null };
    const problems = integrityProblems(connection);
    const broken = connection.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) problems.push(`${broken.length} rows point to rows that are not there.`);
    return { problems, facts: readStoreFacts(connection) };
  } catch (error) {
    const translated = translateSqliteError(error, path);
    if (!(translated instanceof FihristError) || translated.code === 'STORE_NEWER_SCHEMA') throw translated;
    return { problems: [translated.message], facts: null };
  } finally {
    connection?.close();
  }
}

/** SQLite's own checks of any database of this program. @returns What is wrong, in sentences, at most 20 */
export function examineFile(path: string): string[] {
  try {
    const connection = openForCopying(path);
    try {
      return integrityProblems(connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    const translated = translateSqliteError(error, path);
    if (!(translated instanceof FihristError)) throw translated;
    return [translated.message];
  }
}

function integrityProblems(connection: SqliteConnection): string[] {
  const found = connection.pragma('integrity_check(20)') as Array<{ integrity_check: string }>;
  return found.map((row) => row.integrity_check).filter((finding) => finding !== 'ok');
}

function readStoreFacts(connection: SqliteConnection): StoreFacts {
  const number = (sql: string) => Number(connection.prepare(sql).pluck().get());
  return {
    schemaVersion: Number(connection.pragma('user_version', { simple: true })),
    generation: number('SELECT generation FROM store_state'),
    articles: number('SELECT count(*) FROM articles'),
    passages: number('SELECT count(*) FROM passages'),
    models: connection
      .prepare<[], StoreFacts['models'][number]>(
        `SELECT f.fingerprint, f.dimensions, count(p.label) AS passages
           FROM fingerprints f JOIN passages p ON p.fingerprint = f.number
          GROUP BY f.number ORDER BY passages DESC, f.number`,
      )
      .all(),
  };
}
