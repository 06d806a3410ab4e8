import type { SqliteConnection } from './sqlite-connection.js';

/**
 * What SQLite finds wrong with its file, a line each; none when it is as it should be.
 * @param most  No more than so many lines.
 * Cost: reads the whole file; about 1.5 s a gigabyte. Blocks its thread.
 */
export function fileFindings(connection: SqliteConnection, most = 100): string[] {
  const rows = connection.pragma(`integrity_check(${most})`) as Array<{ integrity_check: string }>;
  return rows.map(({ integrity_check: finding }) => finding).filter((finding) => finding !== 'ok');
}
