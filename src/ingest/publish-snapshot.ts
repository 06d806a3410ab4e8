import { FihristError } from '../domain/errors.js';
import type { VectorIndexWriter } from '../vector-index/vector-index.js';

/**
 * Publishes a snapshot of the index. One that cannot be written (a full disk) is reported and is no failure of the
 * run: the snapshot is a cache, and everything in it is in the store already.
 */
export async function publishSnapshot(
  index: Pick<VectorIndexWriter, 'publishSnapshot'>,
  onProblem: (error: FihristError) => void,
): Promise<void> {
  try {
    await index.publishSnapshot();
  } catch (error) {
    if (!(error instanceof FihristError) || error.fault !== 'operator') throw error;
    onProblem(error);
  }
}
