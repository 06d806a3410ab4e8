import type { ErrorCode } from '../domain/errors.js';

/** What looking at the folder of backups can throw. */
export const BACKUP_FOLDER_ERRORS: readonly ErrorCode[] = ['NOT_READY', 'DISK_FULL', 'BACKUP_FILE_UNUSABLE'];
