import { FihristError } from './fihrist-error.js';

/**
 * When a call may be sent again.
 *
 * - `always`: what the call does twice is what it does once.
 * - `if-refused`: only after a reply which says that nothing was done.
 */
export type Repeats = 'always' | 'if-refused';

/** Refusals that pass by themselves. Others of status 503 (a full disk, a missing model) wait for a person. */
const PASSING_CODES: ReadonlySet<string> = new Set([
  'RATE_LIMITED',
  'TASK_QUEUE_FULL',
  'OVERLOADED',
  'MEMORY_SHORT',
  'NOT_READY',
  'SHUTTING_DOWN',
]);

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
/** Whoever is told to come back later than this is better told than kept waiting. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * How long to wait before a call that failed is sent again.
 *
 * Waits double from 250 ms up to 8 s and are cut by up to a half at random, so that callers who were refused together
 * do not come back together. `Retry-After` is waited for in full, and up to a quarter longer.
 *
 * @param options.attempt  Tries before this one, from 0.
 * @param options.random  0 to 1.
 * @returns Milliseconds; null when it is not to be sent again.
 */
export function waitBeforeRepeating(
  error: unknown,
  {
    attempt,
    repeats,
    random,
  }: { readonly attempt: number; readonly repeats: Repeats; readonly random: number },
): number | null {
  if (!(error instanceof FihristError) || !isPassing(error, repeats)) return null;
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  if (error.retryAfterMs === null) return longest * (1 - random / 2);
  if (error.retryAfterMs > LONGEST_RETRY_AFTER_MS) return null;
  return Math.max(error.retryAfterMs, longest / 2) * (1 + random / 4);
}

function isPassing({ code, status }: FihristError, repeats: Repeats): boolean {
  if (PASSING_CODES.has(code)) return true;
  // Of what stands in between, and says it in its own words.
  if (code === 'REPLY_INVALID' && (status === 429 || status === 503)) return true;
  // Nobody knows whether it was carried out.
  return (
    repeats === 'always' && (code === 'CONNECTION_FAILED' || (code === 'REPLY_INVALID' && status === 502))
  );
}
