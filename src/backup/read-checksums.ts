import { invalidBackup } from './backup-errors.js';
import { CHECKSUMS_FILE } from './backup-format.js';
import { parseChecksums } from './checksums.js';
import { readLastEntry } from './tar-file.js';

/** Of the end of a backup, where its checksums are: 100 bytes for each of the 2,000 tasks that it may have, and more. */
const MOST_BYTES = 1_048_576;

/**
 * The SHA-256 of each file in a backup as it says of itself, by name, read from its end alone: nothing is compared.
 * @throws BACKUP_INVALID, BACKUP_FILE_UNUSABLE (operator)
 */
export async function readBackupChecksums(file: string): Promise<ReadonlyMap<string, string>> {
  const text = await readLastEntry(file, CHECKSUMS_FILE, MOST_BYTES);
  if (text === null) throw invalidBackup(file, `it ends before its ${CHECKSUMS_FILE}`);
  const sums = parseChecksums(text.toString('utf8'));
  if (sums === null) throw invalidBackup(file, `its ${CHECKSUMS_FILE} cannot be read`);
  return sums;
}
