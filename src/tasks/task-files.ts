import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';

/**
 * Writes a small file whole or not at all, so that it outlasts a power cut.
 * @throws DISK_FULL, STORE_READ_ONLY, STORE_UNUSABLE (operator); what was there stays
 */
export async function replaceFile(file: string, content: string): Promise<void> {
  const temporary = `${file}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw toTaskFileError(error, file);
  }
}

/** Makes the names in a folder outlast a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Says in the program's words why a file of a task cannot be used. What is not about files comes back unchanged. */
export function toTaskFileError(error: unknown, file: string): unknown {
  const cause = error instanceof Error && 'code' in error ? String(error.code) : '';
  const refuse = (code: 'DISK_FULL' | 'STORE_READ_ONLY' | 'STORE_UNUSABLE', message: string) =>
    new FihristError(code, message, { details: { path: file, cause }, cause: error });
  if (/^(ENOSPC|EDQUOT|EFBIG)$/.test(cause)) {
    return refuse(
      'DISK_FULL',
      `There is no space left to write ${file} (${cause}); everything stored before is safe.`,
    );
  }
  if (/^(EACCES|EPERM|EROFS)$/.test(cause)) {
    return refuse(
      'STORE_READ_ONLY',
      `${file} cannot be written to (${cause}); check the owner and permissions of its folder.`,
    );
  }
  if (/^(ENOENT|ENOTDIR|EISDIR|EEXIST|EIO|EMFILE|ENFILE|ENAMETOOLONG)$/.test(cause)) {
    return refuse('STORE_UNUSABLE', `${file} cannot be used (${cause}).`);
  }
  return error;
}
