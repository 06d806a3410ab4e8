import { readdirSync } from 'node:fs';
import os from 'node:os';
import { setFlagsFromString } from 'node:v8';

/** Node starts these before anything else: four that collect garbage and compile, and one that hands them work. */
const HELPERS_OF_V8 = 5;
/** Behind the threads of the model, for whose sake all cores are busy. */
const HELPER_NICENESS = 10;

/** What of collecting the event loop would wait for helpers with; it takes a millisecond or two longer by itself. */
const COLLECTS_ALONE = ['--no-parallel-scavenge', '--no-parallel-compaction', '--no-parallel-pointer-update'];

/**
 * How far the old part of a heap grows before it is collected, in percent of what is alive. By itself, V8 lets it grow by
 * 8 MB where little gets old, which was every few seconds.
 */
const COLLECTS_SELDOM = '--heap-growing-percent=60';

/**
 * Lets the threads that V8 collects garbage with go behind everything else, and the event loop not wait for them: where
 * all cores compute, they took turns with it as its equals, or held it up until they had theirs. To be called before
 * other threads are started. Only Linux has priorities of threads; elsewhere only the waiting goes.
 */
export function favourEventLoop(): void {
  for (const flag of [...COLLECTS_ALONE, COLLECTS_SELDOM]) setFlagsFromString(flag);
  if (process.platform !== 'linux') return;
  const threads = readdirSync('/proc/self/task').map(Number);
  const helpers = threads.filter((thread) => thread !== process.pid).sort((a, b) => a - b);
  for (const helper of helpers.slice(0, HELPERS_OF_V8)) {
    try {
      os.setPriority(helper, HELPER_NICENESS);
    } catch {
      // It goes beside the others, as before.
    }
  }
}
