import { readlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Lets other threads of the process go before this one, and before those that it starts later. Only Linux has priorities
 * of threads; elsewhere, and where it may not be done, nothing happens.
 * @param niceness  1 to 19: the more, the later.
 */
export function lowerPriority(niceness: number): void {
  if (process.platform !== 'linux') return;
  try {
    os.setPriority(Number(path.basename(readlinkSync('/proc/thread-self'))), niceness);
  } catch {
    // As fast as before.
  }
}
