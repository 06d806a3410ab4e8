import { WorkerThread } from '../threads/worker-thread.js';
import type { WordsCheckData } from './words-check-worker.js';

export interface WordsCheckOptions {
  readonly folder: string;
  /** The compiled words-check-worker.js. */
  readonly workerFile: URL;
  /** Ends the thread. */
  readonly signal: AbortSignal;
}

/**
 * Looks for passages whose words or terms are not what their texts give, in a thread of the lowest priority that is there
 * as long as it takes.
 * @returns Their labels, rising; those whose text is damaged as well are not among them.
 * @throws STORE_UNUSABLE (operator) when they cannot be read at all; the signal's reason
 * Cost: about 1 s for 100,000 passages whose sum is known (words-sum.ts), else a minute. All of it beside the others.
 */
export async function findWrongWordsInThread(options: WordsCheckOptions): Promise<readonly number[]> {
  const { folder, signal, workerFile } = options;
  signal.throwIfAborted();
  const data: WordsCheckData = { folder };
  const thread = new WorkerThread({ name: 'words', file: workerFile, data, patientWith: ['check'] });
  const end = () => void thread.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await thread.call<number[]>('check');
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    await thread.terminate();
  }
}
