import os from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import { completeInterruptedSwitches } from './backup/complete-switches.js';
import type { CliServices, ReembedReport, RepairReport } from './cli/cli-services.js';
import { openArchive, openKeys } from './compose.js';
import { makeEditionOfModel } from './compose-editions.js';
import type { Config } from './config.js';
import { dropEdition } from './editions/drop-edition.js';
import { API_SOURCE } from './serve.js';
import { repairStore } from './storage/repair-store.js';
import { verifyStore } from './storage/verify-store.js';

interface UpkeepOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly version: string;
}

/** What keeps an index folder whole, on this program's parts. Only `repair` and `reembed` need a model. */
export function upkeepServices(
  options: UpkeepOptions,
): Pick<CliServices, 'verify' | 'repair' | 'backup' | 'restore' | 'reembed' | 'dropEdition'> {
  const { config, version } = options;
  const indexFolder = path.resolve(config.indexFolder);
  return {
    verify: async () => {
      await completeInterruptedSwitches(indexFolder);
      return verifyStore(indexFolder);
    },
    repair: () => repair(indexFolder, options),
    backup: async (file, { replaces }, onProgress, signal) => {
      await completeInterruptedSwitches(indexFolder);
      const { createBackup } = await import('./backup/create-backup.js');
      return createBackup({ indexFolder, file, replaces, programVersion: version, onProgress, signal });
    },
    restore: async (file, { replaces }, onProgress, signal) => {
      const { restoreBackup } = await import('./backup/restore-backup.js');
      const manifest = await restoreBackup({ indexFolder, file, replaces, checkKeys, onProgress, signal });
      return { indexFolder, manifest };
    },
    reembed: async (model = config.model, onProgress, signal): Promise<ReembedReport> => {
      // What is asked of the service beside goes first.
      os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
      const made = await makeEditionOfModel({ ...options, config: { ...config, model }, onProgress, signal });
      return { ...made, model, fingerprint: made.model.fingerprint };
    },
    dropEdition: async (place) => {
      await completeInterruptedSwitches(indexFolder);
      return dropEdition(indexFolder, place);
    },
  };
}

/** What needs no model first; opening the archive then also brings the vector index up to the database. */
async function repair(indexFolder: string, options: UpkeepOptions): Promise<RepairReport> {
  await completeInterruptedSwitches(indexFolder);
  const { toRemake, toReadAgain, ...done } = repairStore(indexFolder, { unreadSource: API_SOURCE });
  const archive = await openArchive(options);
  await archive.remakeArticles(toRemake).finally(() => archive.close());
  const repaired = { articles: toRemake.length, toReadAgain: toReadAgain.length, ...done };
  return { ...(await verifyStore(indexFolder)), repaired };
}

async function checkKeys(folder: string): Promise<void> {
  await (await openKeys({ indexFolder: folder })).close();
}
