import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { lowerPriorityOf } from './lower-priority.js';

/** Node starts these before anything else: four that collect garbage and compile, and one that hands them work. */
const HELPERS_OF_V8 = 5;
/** Behind the threads of the model, for whose sake all cores are busy. */
const HELPER_NICENESS = 15;

/**
 * What of collecting the event loop would wait for helpers with: they need their turns on the cores first, and it has done
 * the work itself within a few milliseconds.
 */
const COLLECTS_ALONE = [
  '--no-parallel-scavenge',
  '--no-parallel-compaction',
  '--no-parallel-pointer-update',
  '--no-concurrent-marking',
];

/**
 * How far the old part of a heap grows before it is collected, in percent of what is alive. By itself, V8 lets it grow by
 * 8 MB where little gets old, which was every few seconds. Nor are new objects put into it because earlier ones of the kind
 * have become old.
 */
const COLLECTS_SELDOM = ['--heap-growing-percent=60', '--no-allocation-site-pretenuring'];

/**
 * Lets the threads that V8 collects garbage with go behind everything else: where all cores compute, they took turns with the
 * event loop as its equals. To be called before other threads are started. Only Linux has priorities of threads; elsewhere
 * nothing happens.
 */
export function favourEventLoop(): void {
  if (process.platform !== 'linux') return;
  const threads = readdirSync('/proc/self/task').map(Number);
  const helpers = threads.filter((thread) => thread !== process.pid).sort((a, b) => a - b);
  for (const helper of helpers.slice(0, HELPERS_OF_V8)) lowerPriorityOf(helper, HELPER_NICENESS);
}

/**
 * Lets the event loop, and every other thread, wait for no helper when it collects garbage, and collect seldom. To be called when all
 * is loaded: that makes so much garbage that help is worth waiting for.
 */
export function collectAlone(): void {
  for (const flag of [...COLLECTS_ALONE, ...COLLECTS_SELDOM]) setFlagsFromString(flag);
}
