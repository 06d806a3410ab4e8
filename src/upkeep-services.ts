import path from 'node:path';
import type { Logger } from 'pino';
import { completeRestoring } from './backup/complete-restoring.js';
import type { CliServices, RepairReport } from './cli/cli-services.js';
import { openArchive, openKeys } from './compose.js';
import type { Config } from './config.js';
import { API_SOURCE } from './serve.js';
import { repairStore } from './storage/repair-store.js';
import { verifyStore } from './storage/verify-store.js';

interface UpkeepOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly version: string;
}

/** What keeps an index folder whole, on this program's parts. Only `repair` needs the model. */
export function upkeepServices(
  options: UpkeepOptions,
): Pick<CliServices, 'verify' | 'repair' | 'backup' | 'restore'> {
  const { config, version } = options;
  const indexFolder = path.resolve(config.indexFolder);
  return {
    verify: async () => {
      await completeRestoring(indexFolder);
      return verifyStore(indexFolder);
    },
    repair: () => repair(indexFolder, options),
    backup: async (file, { replaces }, onProgress, signal) => {
      await completeRestoring(indexFolder);
      const { createBackup } = await import('./backup/create-backup.js');
      return createBackup({ indexFolder, file, replaces, programVersion: version, onProgress, signal });
    },
    restore: async (file, { replaces }, onProgress, signal) => {
      const { restoreBackup } = await import('./backup/restore-backup.js');
      const manifest = await restoreBackup({ indexFolder, file, replaces, checkKeys, onProgress, signal });
      return { indexFolder, manifest };
    },
  };
}

/** What needs no model first; opening the archive then also brings the vector index up to the database. */
async function repair(indexFolder: string, options: UpkeepOptions): Promise<RepairReport> {
  await completeRestoring(indexFolder);
  const { toRemake, toReadAgain, ...done } = repairStore(indexFolder, { unreadSource: API_SOURCE });
  const archive = await openArchive(options);
  await archive.remakeArticles(toRemake).finally(() => archive.close());
  const repaired = { articles: toRemake.length, toReadAgain: toReadAgain.length, ...done };
  return { ...(await verifyStore(indexFolder)), repaired };
}

async function checkKeys(folder: string): Promise<void> {
  await (await openKeys({ indexFolder: folder })).close();
}
