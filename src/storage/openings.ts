import { randomUUID } from 'node:crypto';
import type { StoreOpening } from './article-store.js';
import type { SqliteConnection } from './sqlite-connection.js';

/** Older ones are forgotten: a snapshot that is older than that is built anew. */
const MOST_OPENINGS = 1_000;

/** Notes that the database is opened for writing. @returns The opening's id. */
export function beginOpening(connection: SqliteConnection): string {
  const id = randomUUID();
  connection
    .transaction(() => {
      connection
        .prepare(
          `INSERT INTO openings (id, labels_before)
           VALUES (?, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages'))`,
        )
        .run(id);
      connection
        .prepare(`DELETE FROM openings WHERE number <= (SELECT max(number) FROM openings) - ${MOST_OPENINGS}`)
        .run();
    })
    .immediate();
  return id;
}

/** The oldest first. A database that no program with openings has written has none. */
export function readOpenings(connection: SqliteConnection): StoreOpening[] {
  const isThere = connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'openings'`).get();
  if (isThere === undefined) return [];
  return connection
    .prepare<[], StoreOpening>('SELECT id, labels_before AS labelsBefore FROM openings ORDER BY number')
    .all();
}
