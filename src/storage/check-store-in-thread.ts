import { WorkerThread } from '../threads/worker-thread.js';
import type { StoreCheckData, StoreDamage } from './store-check-worker.js';

export interface StoreCheckOptions {
  readonly folder: string;
  /** The compiled store-check-worker.js. */
  readonly workerFile: URL;
  /** Ends the thread. */
  readonly signal: AbortSignal;
}

/**
 * Looks for what is not what was stored, in a thread of the lowest priority that is there as long as it takes.
 * @throws STORE_UNUSABLE (operator) when it cannot be read at all; the signal's reason
 * Cost: about 5 s for 100,000 passages, a minute more where the sum of their words is not known (words-sum.ts). All of it
 * beside the others.
 */
export async function checkStoreInThread(options: StoreCheckOptions): Promise<StoreDamage> {
  const { folder, signal, workerFile } = options;
  signal.throwIfAborted();
  const data: StoreCheckData = { folder };
  const thread = new WorkerThread({ name: 'store check', file: workerFile, data, patientWith: ['check'] });
  const end = () => void thread.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await thread.call<StoreDamage>('check');
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    await thread.terminate();
  }
}
