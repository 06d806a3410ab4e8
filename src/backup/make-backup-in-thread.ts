import { WorkerThread } from '../threads/worker-thread.js';
import type { BackupProgress } from './backup-format.js';
import type { BackupWorkerData } from './backup-worker.js';
import type { CreatedBackup } from './create-backup.js';

/** Makes a backup of one archive: see `createBackup`. */
export type MakeBackup = (
  file: string,
  options: { readonly onProgress: (progress: BackupProgress) => void; readonly signal: AbortSignal },
) => Promise<CreatedBackup>;

const LOOK_EVERY_MS = 250;

/**
 * Makes backups in a thread that is there as long as one is made, so that nothing else waits.
 * @param options.workerFile  The compiled backup-worker.js. Default: the one beside this file.
 */
export function makeBackupInThread({
  workerFile = new URL('./backup-worker.js', import.meta.url),
  ...data
}: BackupWorkerData & { readonly workerFile?: URL }): MakeBackup {
  return async (file, { onProgress, signal }) => {
    signal.throwIfAborted();
    const thread = new WorkerThread({ name: 'backup', file: workerFile, data, patientWith: ['create'] });
    let isAsked = false;
    const look = async () => {
      // While it checks, it answers nothing.
      if (isAsked) return;
      isAsked = true;
      const progress = await thread.call<BackupProgress | null>('progress').catch(() => null);
      isAsked = false;
      if (progress !== null) onProgress(progress);
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    const cancel = () => void thread.call('cancel').catch(() => {});
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await thread.call<CreatedBackup>('create', file);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      clearInterval(timer);
      signal.removeEventListener('abort', cancel);
      await thread.terminate();
    }
  };
}
