import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { APPLICATION_ID } from '../../src/storage/migrate-schema.js';
import { ARTICLES_PASSAGES_VECTORS } from '../../src/storage/migrations/0001-articles-passages-vectors.js';
import { WORDS_AND_TERMS } from '../../src/storage/migrations/0002-words-and-terms.js';

const SCHEMAS = [ARTICLES_PASSAGES_VECTORS, WORDS_AND_TERMS];

/** What an older program would have kept of the same articles; words and terms are made anew from the text. */
const TABLES = ['store_state', 'fingerprints', 'articles', 'passages', 'passage_vectors'];

/** Puts a database of an earlier schema version with the same articles in the place of an index folder's. */
export function makeOlderDatabase(indexFolder: string, schemaVersion: 1 | 2): void {
  const file = path.join(indexFolder, 'fihrist.db');
  const older = `${file}.older`;
  const database = new Database(older);
  database.pragma('page_size = 8192');
  for (const schema of SCHEMAS.slice(0, schemaVersion)) database.exec(schema);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${schemaVersion}`);
  // After a kill the log still has to be put into the database: whoever opens it first does that.
  database.prepare('ATTACH ? AS newer').run(file);
  const columnsOf = (schema: string, table: string) =>
    (database.pragma(`${schema}.table_info(${table})`) as Array<{ name: string }>).map(({ name }) => name);
  for (const table of TABLES) {
    const inNewer = columnsOf('newer', table);
    const columns = columnsOf('main', table).filter(
      (name) => inNewer.includes(name) && name !== 'terms_version',
    );
    database.exec(`INSERT OR REPLACE INTO main.${table} (${columns}) SELECT ${columns} FROM newer.${table}`);
  }
  // Labels must not be given again.
  database.exec(
    `UPDATE main.sqlite_sequence SET seq = (SELECT seq FROM newer.sqlite_sequence WHERE name = 'passages')`,
  );
  database.exec('DETACH newer');
  database.close();
  // An older program has left no mark.
  for (const name of ['fihrist.db-wal', 'fihrist.db-shm', 'fihrist.mark']) {
    rmSync(path.join(indexFolder, name), { force: true });
  }
  renameSync(older, file);
}
