import { FihristError } from '../domain/errors.js';

/** Says in the program's words why a file of a backup cannot be used. What is not about files comes back unchanged. */
export function toBackupFileError(error: unknown, file: string): unknown {
  if (error instanceof FihristError) return error;
  const cause = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ENOSPC|EDQUOT|EFBIG)$/.test(cause)) {
    return new FihristError(
      'DISK_FULL',
      `There is no space left to write ${file} (${cause}); nothing was changed.`,
      { details: { path: file, cause }, cause: error },
    );
  }
  if (
    /^(EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EISDIR|EEXIST|EIO|EMFILE|ENFILE|ENAMETOOLONG|EXDEV|EBUSY)$/.test(
      cause,
    )
  ) {
    return new FihristError('BACKUP_FILE_UNUSABLE', `${file} cannot be used: ${reasonOf(cause)}.`, {
      details: { path: file, cause },
      cause: error,
    });
  }
  return error;
}

/** A file that is no whole backup: nothing of it is used. */
export function invalidBackup(file: string, reason: string, cause?: unknown): FihristError {
  return new FihristError('BACKUP_INVALID', `${file} is not a whole backup of Fihrist: ${reason}.`, {
    details: { path: file, reason },
    ...(cause === undefined ? {} : { cause }),
  });
}

function reasonOf(cause: string): string {
  switch (cause) {
    case 'ENOENT':
      return 'it, or its folder, does not exist (ENOENT)';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `permission is missing (${cause}); check the owner and permissions of its folder`;
    case 'EISDIR':
      return 'it is a folder (EISDIR)';
    default:
      return cause;
  }
}
