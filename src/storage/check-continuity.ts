import { statSync } from 'node:fs';
import { FihristError } from '../domain/errors.js';
import { type CommitMark, commitMarkPath, readCommitMark } from './commit-mark.js';
import { remedyOf } from './file-remedy.js';
import { readOpenings } from './openings.js';
import { databasePath, openConnectionForChecking, type SqliteConnection } from './sqlite-connection.js';
import { translatingSqliteErrors } from './translate-sqlite-error.js';

/**
 * Makes sure, before anything is written, that a database has all that was acknowledged. SQLite itself starts anew
 * where a database is missing, and goes back in time without a word where its write-ahead log is missing, cut or
 * damaged, or where an older database was put in its place. After an end that was none (the log is there), the pages of
 * the file are checked as well: a log that is not the file's own makes one of two databases.
 * @throws STORE_BEHIND, STORE_UNUSABLE, STORE_NEWER_SCHEMA (operator); nothing was changed then
 * Cost: nothing after a clean end; after another, one reading of the file.
 */
export function checkContinuity(folder: string): void {
  const path = databasePath(folder);
  const mark = readCommitMark(folder);
  if (sizeOf(path) === 0) {
    if (mark !== null && mark.generation > 0) throw behind(folder, mark, 'it is missing or empty');
    return;
  }
  translatingSqliteErrors(path, () => {
    const connection = openConnectionForChecking(folder);
    try {
      if (mark !== null) checkMark(folder, mark, connection);
      if (sizeOf(`${path}-wal`) > 0) checkPages(path, connection);
    } finally {
      connection.close();
    }
  });
}

function checkMark(folder: string, mark: CommitMark, connection: SqliteConnection): void {
  if (!readOpenings(connection).some(({ id }) => id === mark.opening)) {
    throw behind(folder, mark, 'it is of another time or another archive');
  }
  const generation = Number(connection.prepare('SELECT generation FROM store_state').pluck().get());
  if (generation < mark.generation) {
    throw behind(folder, mark, `its last change is number ${generation} of ${mark.generation}`);
  }
}

function checkPages(path: string, connection: SqliteConnection): void {
  const finding = String(connection.pragma('quick_check(1)', { simple: true })).replaceAll(/\s+/g, ' ');
  if (finding === 'ok') return;
  throw new FihristError('STORE_UNUSABLE', `${path} is damaged (${finding}). ${remedyOf(path)}`, {
    details: { path, reason: finding },
  });
}

function behind(folder: string, mark: CommitMark, why: string): FihristError {
  const path = databasePath(folder);
  return new FihristError(
    'STORE_BEHIND',
    `${path} lacks changes that were acknowledged: ${why}. It or its write-ahead log (${path}-wal) was removed, damaged or replaced. ` +
      `Put the right ones back or restore a backup; to go on without what is lost, remove ${commitMarkPath(folder)}.`,
    { details: { path, reason: why, acknowledged: mark.generation } },
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
