import { setMaxListeners } from 'node:events';

/**
 * Articles on their way at once. Two copies of the model have one each under way and one each waiting, while others are cut and
 * stored: with three, one of the copies had nothing to do a quarter of the time.
 */
export const ARTICLES_IN_FLIGHT = 6;

/** A title and two batches of passages, each shared out among the copies of the model. */
const LISTENERS_AN_ARTICLE = 8;

/** So many articles listen to the signal of their ingest that Node would take it for a leak. */
export function expectListeners(signal: AbortSignal | undefined): void {
  if (signal !== undefined) setMaxListeners(ARTICLES_IN_FLIGHT * LISTENERS_AN_ARTICLE, signal);
}
