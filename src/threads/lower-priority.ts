import { readlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MOST_NICENESS = 19;

/**
 * Lets other threads of the process go before this one, and before those that it starts later. Only Linux has priorities
 * of threads; elsewhere, and where it may not be done, nothing happens.
 * @param niceness  1 to 19: the more, the later. On top of what the thread has, so that it holds for a process that goes before
 *   others, or behind them, as well.
 */
export function lowerPriority(niceness: number): void {
  if (process.platform !== 'linux') return;
  lowerPriorityOf(Number(path.basename(readlinkSync('/proc/thread-self'))), niceness);
}

/** The same for another thread of the process; Linux alone. */
export function lowerPriorityOf(thread: number, niceness: number): void {
  try {
    os.setPriority(thread, Math.min(MOST_NICENESS, os.getPriority(thread) + niceness));
  } catch {
    // As fast as before.
  }
}
