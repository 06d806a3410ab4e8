import { acquireFolderLock } from '../storage/folder-lock.js';
import { toBackupFileError } from './backup-errors.js';
import { completeSwitch, isSwitchPending } from './switch-index.js';

/**
 * Completes the restoring of a backup that was decided and then interrupted. To be called before anything of an index
 * folder is opened; costs one look at the folder when there is nothing to do.
 * @throws STORE_LOCKED (operator) while another process is at it; BACKUP_FILE_UNUSABLE, DISK_FULL (operator)
 */
export async function completeRestoring(indexFolder: string): Promise<void> {
  if (!isSwitchPending(indexFolder)) return;
  const lock = acquireFolderLock(indexFolder);
  try {
    await completeSwitch(indexFolder);
  } catch (error) {
    throw toBackupFileError(error, indexFolder);
  } finally {
    lock.release();
  }
}
