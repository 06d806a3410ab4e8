import { closeSync, openSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ErrorCode, FihristError } from '../domain/errors.js';
import { remedyOf } from './file-remedy.js';

/**
 * Says in the program's words what went wrong with the database file at `path`.
 * Errors that are not about the file (a broken constraint, a bug) come back unchanged.
 * Source: https://sqlite.org/rescode.html; better-sqlite3 puts the result code's name into `error.code`.
 */
export function translateSqliteError(error: unknown, path: string): unknown {
  if (error instanceof FihristError) return error;
  const cause = codeNameOf(error);
  if (cause === null) return error;
  const code = isBrokenFullText(error, cause) ? 'STORE_UNUSABLE' : catalogueCode(cause, path);
  if (code === null) return error;
  return new FihristError(code, messageOf(code, path, cause), { details: { path, cause }, cause: error });
}

/** Runs `action`; what it throws comes out translated. */
export function translatingSqliteErrors<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw translateSqliteError(error, path);
  }
}

function codeNameOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

/** What FTS5 says of damaged tables of its own has no code but "error". */
function isBrokenFullText(error: unknown, cause: string): boolean {
  if (cause !== 'SQLITE_ERROR' || !(error instanceof Error)) return false;
  return /^(vtable constructor failed|invalid fts5 file format)/.test(error.message);
}

function catalogueCode(cause: string, path: string): ErrorCode | null {
  if (cause === 'SQLITE_FULL' || cause === 'ENOSPC' || cause === 'EDQUOT') return 'DISK_FULL';
  if (/^(SQLITE_READONLY|SQLITE_PERM|EACCES$|EPERM$|EROFS$)/.test(cause)) return 'STORE_READ_ONLY';
  if (/^SQLITE_(BUSY|LOCKED)/.test(cause)) return 'STORE_LOCKED';
  // A full disk shows as a plain I/O error where SQLite grows its shared-memory file.
  if (/^SQLITE_IOERR/.test(cause)) return isDiskFull(path) ? 'DISK_FULL' : 'STORE_UNUSABLE';
  if (/^SQLITE_(NOTADB|CORRUPT|CANTOPEN|FORMAT|PROTOCOL)/.test(cause)) return 'STORE_UNUSABLE';
  if (/^(ENOENT|ENOTDIR|EEXIST|EIO|EMFILE|ENFILE|ENAMETOOLONG|ELOOP)$/.test(cause)) return 'STORE_UNUSABLE';
  return null;
}

function messageOf(code: ErrorCode, path: string, cause: string): string {
  switch (code) {
    case 'DISK_FULL':
      return `There is no space left to write ${path} (${cause}); everything stored before is safe.`;
    case 'STORE_READ_ONLY':
      return `${path} cannot be written to (${cause}); check the owner and permissions of its folder.`;
    case 'STORE_LOCKED':
      return `Another process is using ${path} (${cause}).`;
    default:
      if (hasNoDescriptorsLeft(cause)) {
        return `${path} cannot be opened (${cause}): the process has as many files and connections open as it may. Raise the limit (ulimit -n).`;
      }
      return `${path} cannot be used as the database (${cause}); it is damaged, is not a database, or cannot be read. ${remedyOf(path)}`;
  }
}

/** SQLite says of it only that the file cannot be opened. */
function hasNoDescriptorsLeft(cause: string): boolean {
  if (/^(EMFILE|ENFILE)$/.test(cause)) return true;
  if (!/^SQLITE_(CANTOPEN|IOERR)/.test(cause)) return false;
  try {
    closeSync(openSync('/', 'r'));
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && /^(EMFILE|ENFILE)$/.test(String(error.code));
  }
}

function isDiskFull(path: string): boolean {
  try {
    const volume = statfsSync(dirname(path));
    return volume.bavail * volume.bsize < 65_536;
  } catch {
    return false;
  }
}
