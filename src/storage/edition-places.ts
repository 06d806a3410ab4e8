import { existsSync } from 'node:fs';
import path from 'node:path';
import { acquireFolderLock, type FolderLock } from './folder-lock.js';

/** Where editions are that are not served, as folders in the index folder: one to come, and the one that was served before. */
export const EDITION_PLACES = ['next', 'previous'] as const;

export type EditionPlace = (typeof EDITION_PLACES)[number];

/**
 * Makes sure that nobody is at an edition beside the served one, until the lock is released.
 * @throws STORE_LOCKED, naming who is (operator)
 */
export function lockEditionsBeside(indexFolder: string): FolderLock {
  const locks: FolderLock[] = [];
  const release = () => {
    for (const lock of locks.splice(0)) lock.release();
  };
  try {
    for (const place of EDITION_PLACES) {
      const folder = path.join(indexFolder, place);
      if (existsSync(folder)) locks.push(acquireFolderLock(folder));
    }
    return { release };
  } catch (error) {
    release();
    throw error;
  }
}
