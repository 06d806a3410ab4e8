import { statSync } from 'node:fs';
import { databasePath, openConnectionForChecking } from './sqlite-connection.js';

/**
 * How many passages the database of a folder holds, before it is opened to be read or written; 0 when there is none, or none
 * that can be read: what is wrong with it is for its opening to say. Cost: milliseconds at 100,000 passages.
 */
export function countPassages(folder: string): number {
  if (statSync(databasePath(folder), { throwIfNoEntry: false }) === undefined) return 0;
  try {
    const connection = openConnectionForChecking(folder);
    try {
      return Number(connection.prepare('SELECT count(*) FROM passages').pluck().get());
    } finally {
      connection.close();
    }
  } catch {
    return 0;
  }
}
