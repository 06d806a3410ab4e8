import { workerData } from 'node:worker_threads';
import { serveCalls } from '../threads/serve-calls.js';
import type { BackupProgress } from './backup-format.js';
import { type BackupOptions, createBackup } from './create-backup.js';

// The thread that makes one backup: copying and checking hold it for seconds a gigabyte.

export type BackupWorkerData = Pick<BackupOptions, 'indexFolder' | 'programVersion'>;

const controller = new AbortController();
let progress: BackupProgress | null = null;

serveCalls({
  create(file: string) {
    return createBackup({
      ...(workerData as BackupWorkerData),
      file,
      signal: controller.signal,
      onProgress: (now) => {
        progress = now;
      },
    });
  },

  progress: () => progress,

  cancel(): void {
    controller.abort();
  },
});
