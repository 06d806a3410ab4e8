import type { VectorIndexWriter } from '../vector-index/vector-index.js';

const PUBLISH_INTERVAL_MS = 10 * 60_000;

/**
 * Publishes a snapshot every ten minutes in which the index has changed. Single articles publish none of their own:
 * without this, the start after a kill would put all of them into the index anew.
 *
 * @param onError  Told when one cannot be written: the snapshot is a cache, and the next one may succeed.
 */
export function publishRegularly(
  index: Pick<VectorIndexWriter, 'publishSnapshot'>,
  onError: (error: unknown) => void,
): { stop(): void } {
  const timer = setInterval(() => void index.publishSnapshot().catch(onError), PUBLISH_INTERVAL_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
