import { acquireFolderLock } from '../storage/folder-lock.js';
import { completeSwitches, isSwitchPending } from '../storage/switch-archive.js';
import { toBackupFileError } from './backup-errors.js';

/**
 * Completes what was decided and then interrupted: the restoring of a backup, the switch to another edition. To be
 * called before anything of an index folder is opened; costs a look at the folder when there is nothing to do.
 * @throws STORE_LOCKED (operator) while another process is at it; BACKUP_FILE_UNUSABLE, DISK_FULL (operator)
 */
export async function completeInterruptedSwitches(indexFolder: string): Promise<void> {
  if (!isSwitchPending(indexFolder)) return;
  const lock = acquireFolderLock(indexFolder);
  try {
    await completeSwitches(indexFolder);
  } catch (error) {
    throw toBackupFileError(error, indexFolder);
  } finally {
    lock.release();
  }
}
