import path from 'node:path';
import { createBackup } from './backup/create-backup.js';
import { completeRestoring, restoreBackup } from './backup/restore-backup.js';
import type { CliServices } from './cli/cli-services.js';
import { openKeys } from './compose.js';
import type { Config } from './config.js';
import { verifyStore } from './storage/verify-store.js';

/** What keeps an index folder whole, on this program's parts: none of it needs the model. */
export function upkeepServices({
  config,
  version,
}: {
  readonly config: Config;
  readonly version: string;
}): Pick<CliServices, 'verify' | 'backup' | 'restore'> {
  const indexFolder = path.resolve(config.indexFolder);
  return {
    verify: async () => {
      await completeRestoring(indexFolder);
      return verifyStore(indexFolder);
    },
    backup: async (file, { replaces }, onProgress, signal) => {
      await completeRestoring(indexFolder);
      return createBackup({ indexFolder, file, replaces, programVersion: version, onProgress, signal });
    },
    restore: async (file, { replaces }, onProgress, signal) => ({
      indexFolder,
      manifest: await restoreBackup({ indexFolder, file, replaces, checkKeys, onProgress, signal }),
    }),
  };
}

async function checkKeys(folder: string): Promise<void> {
  await (await openKeys({ indexFolder: folder })).close();
}
