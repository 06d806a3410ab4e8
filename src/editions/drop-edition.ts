import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { EditionPlace } from '../storage/edition-places.js';
import { acquireFolderLock } from '../storage/folder-lock.js';
import { SWITCHING_EDITION } from '../storage/switch-archive.js';
import { syncFile } from '../storage/sync-file.js';
import { translateSqliteError } from '../storage/translate-sqlite-error.js';

/**
 * Removes an edition beside the served one, or what an interruption has left of one.
 * @returns Whether there was anything.
 * @throws STORE_LOCKED (operator) while another process is at it; STORE_READ_ONLY (operator)
 */
export async function dropEdition(indexFolder: string, place: EditionPlace): Promise<boolean> {
  const folder = path.join(indexFolder, place);
  if (!existsSync(folder)) return false;
  // Under a name that means nothing: half of an edition must not be taken for one.
  const dropped = path.join(indexFolder, SWITCHING_EDITION.emptied);
  const lock = acquireFolderLock(folder);
  try {
    await rm(dropped, { recursive: true, force: true });
    await rename(folder, dropped);
    await syncFile(indexFolder);
  } catch (error) {
    throw translateSqliteError(error, folder);
  } finally {
    lock.release();
  }
  await rm(dropped, { recursive: true, force: true });
  return true;
}
