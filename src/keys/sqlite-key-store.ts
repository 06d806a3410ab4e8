import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';
import { remedyOf } from '../storage/file-remedy.js';
import { openSideConnection, type SqliteConnection } from '../storage/sqlite-connection.js';
import { translatingSqliteErrors } from '../storage/translate-sqlite-error.js';
import type { KeyScope, KeyStore, StoredKey } from './key-store.js';

/** "FIHK": tells a file of keys from any other SQLite file; kept in `PRAGMA application_id`. */
const APPLICATION_ID = 0x4649484b;
const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    filter_json TEXT,
    secret_sha256 BLOB NOT NULL CHECK (length(secret_sha256) = 32),
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER,
    revoked_at_ms INTEGER,
    last_used_at_ms INTEGER
  ) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: string;
  readonly filter_json: string | null;
  readonly secret_sha256: Uint8Array;
  readonly created_at_ms: number;
  readonly expires_at_ms: number | null;
  readonly revoked_at_ms: number | null;
  readonly last_used_at_ms: number | null;
}

/**
 * Opens the keys of an index folder: a small file of their own, keys.db, made when missing and readable by its owner
 * alone. It is not in fihrist.db because that has one writer, and keys are made and revoked while the service runs.
 * Reads see what another process has committed at once (WAL); they run on the caller's thread, microseconds each.
 * @throws STORE_READ_ONLY, STORE_UNUSABLE, STORE_NEWER_SCHEMA, DISK_FULL (operator)
 */
export function openSqliteKeyStore({ folder }: { readonly folder: string }): KeyStore {
  const file = path.join(folder, 'keys.db');
  return translatingSqliteErrors(file, () => {
    mkdirSync(folder, { recursive: true });
    // SQLite gives its side files the mode of the database; it would make that readable for everyone.
    closeSync(openSync(file, 'a', 0o600));
    const connection = openSideConnection(file);
    try {
      prepareSchema(connection, file);
      refuseLostKeys(connection, folder, file);
      return new SqliteKeyStore(connection, folder, file);
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/** Where it is noted that keys were made: without it, keys that were lost would look like keys that never were. */
function keysMadePath(folder: string): string {
  return path.join(folder, 'keys.made');
}

function noteKeysMade(folder: string): void {
  closeSync(openSync(keysMadePath(folder), 'a', 0o600));
}

/** A service without keys may be open to everyone: it must not become one because a file was lost. */
function refuseLostKeys(connection: SqliteConnection, folder: string, file: string): void {
  if (connection.prepare('SELECT 1 FROM keys LIMIT 1').get() !== undefined) {
    if (!existsSync(keysMadePath(folder))) noteKeysMade(folder);
    return;
  }
  if (!existsSync(keysMadePath(folder))) return;
  throw new FihristError(
    'STORE_UNUSABLE',
    `${file} has no keys, though keys were made: it was removed, emptied or replaced. Put it back or restore a backup; to begin without keys, remove ${keysMadePath(folder)}.`,
    { details: { path: file, reason: 'keys lost' } },
  );
}

function prepareSchema(connection: SqliteConnection, file: string): void {
  connection
    .transaction(() => {
      const version = Number(connection.pragma('user_version', { simple: true }));
      const application = Number(connection.pragma('application_id', { simple: true }));
      if (version > SCHEMA_VERSION && application === APPLICATION_ID) {
        throw new FihristError(
          'STORE_NEWER_SCHEMA',
          `${file} has schema version ${version}; this program knows versions up to ${SCHEMA_VERSION}. Use the newer program.`,
          { details: { path: file, found: version, known: SCHEMA_VERSION } },
        );
      }
      const isNew = connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
      if (isNew) connection.exec(SCHEMA);
      else if (application !== APPLICATION_ID) {
        throw new FihristError(
          'STORE_UNUSABLE',
          `${file} is a SQLite database of another program. ${remedyOf(file)}`,
          {
            details: { path: file, reason: 'another program' },
          },
        );
      }
    })
    .immediate();
}

class SqliteKeyStore implements KeyStore {
  readonly #connection: SqliteConnection;
  readonly #folder: string;
  readonly #file: string;
  readonly #find;
  readonly #any;

  constructor(connection: SqliteConnection, folder: string, file: string) {
    this.#connection = connection;
    this.#folder = folder;
    this.#file = file;
    this.#find = connection.prepare<[string], KeyRow>('SELECT * FROM keys WHERE id = ?');
    this.#any = connection.prepare<[], unknown>('SELECT 1 FROM keys LIMIT 1');
  }

  async add(key: StoredKey): Promise<void> {
    this.#translating(() => noteKeysMade(this.#folder));
    this.#translating(() =>
      this.#connection
        .prepare('INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
        .run(
          key.id,
          key.name,
          JSON.stringify(key.scopes),
          key.filterJson,
          key.secretSha256,
          key.createdAtMs,
          key.expiresAtMs,
          key.revokedAtMs,
          key.lastUsedAtMs,
        ),
    );
  }

  async find(id: string): Promise<StoredKey | null> {
    const row = this.#translating(() => this.#find.get(id));
    return row === undefined ? null : toStoredKey(row);
  }

  async list(): Promise<StoredKey[]> {
    return this.#translating(() =>
      this.#connection.prepare<[], KeyRow>('SELECT * FROM keys ORDER BY created_at_ms, id').all(),
    ).map(toStoredKey);
  }

  async isEmpty(): Promise<boolean> {
    return this.#translating(() => this.#any.get()) === undefined;
  }

  async revoke(id: string, revokedAtMs: number): Promise<StoredKey | null> {
    this.#translating(() =>
      this.#connection
        .prepare('UPDATE keys SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL')
        .run(revokedAtMs, id),
    );
    return this.find(id);
  }

  async recordUses(lastUsedAtMs: ReadonlyMap<string, number>): Promise<void> {
    this.#translating(() => {
      const update = this.#connection.prepare(
        'UPDATE keys SET last_used_at_ms = ? WHERE id = ? AND ? > coalesce(last_used_at_ms, 0)',
      );
      // Not worth waiting for the disk on the thread that answers requests, as a new or revoked key is.
      this.#connection.pragma('synchronous = NORMAL');
      try {
        this.#connection
          .transaction(() => {
            for (const [id, usedAtMs] of lastUsedAtMs) update.run(usedAtMs, id, usedAtMs);
          })
          .immediate();
      } finally {
        this.#connection.pragma('synchronous = FULL');
      }
    });
  }

  async close(): Promise<void> {
    this.#connection.close();
  }

  #translating<Result>(action: () => Result): Result {
    return translatingSqliteErrors(this.#file, action);
  }
}

function toStoredKey(row: KeyRow): StoredKey {
  return {
    id: row.id,
    name: row.name,
    scopes: JSON.parse(row.scopes) as KeyScope[],
    filterJson: row.filter_json,
    secretSha256: new Uint8Array(row.secret_sha256),
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    revokedAtMs: row.revoked_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
  };
}
