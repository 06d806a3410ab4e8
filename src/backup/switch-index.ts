import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { syncFile } from './sync-file.js';

/**
 * What belongs to an archive, of all that may be in its index folder: databases with their side files, tasks, and the
 * snapshots, which are made of the database and are not of another one. The lock and the backups stay where they are.
 */
const ARCHIVE_FILES = [
  'fihrist.db',
  'fihrist.db-wal',
  'fihrist.db-shm',
  'keys.db',
  'keys.db-wal',
  'keys.db-shm',
  'tasks',
  'snapshots',
  // What is noted beside the databases of how far they are: not true of others.
  'fihrist.mark',
  'keys.made',
] as const;

/** Where the next archive is made ready. Means nothing: what an interruption has left here is removed. */
const PREPARED = 'restoring';
/** The prepared folder, once it is decided that it is the archive: from then on there is no way back. */
const DECIDED = 'restored';
/** In the decided folder: all of the former archive is aside, and what is in place is of the next one. */
const FORMER_IS_ASIDE = 'former-is-aside';
/** The former archive, until the next one is in place. */
const FORMER = 'replaced';

/** Told before each step that an interruption may come before. */
type OnStep = (step: string) => void;

/** Where the next archive of an index folder is to be made ready; nothing is there. */
export async function prepareSwitch(indexFolder: string): Promise<string> {
  const folder = path.join(indexFolder, PREPARED);
  await rm(folder, { recursive: true, force: true });
  await rm(path.join(indexFolder, FORMER), { recursive: true, force: true });
  return folder;
}

/** Removes what was prepared. Never fails. */
export async function abandonSwitch(indexFolder: string): Promise<void> {
  await rm(path.join(indexFolder, PREPARED), { recursive: true, force: true }).catch(() => {});
}

/**
 * Puts what was prepared in the place of the archive. One rename decides: whatever interrupts it, the archive is the
 * former one before that and the next one after it, once `completeSwitch` has run.
 */
export async function commitSwitch(indexFolder: string, onStep: OnStep = () => {}): Promise<void> {
  await syncFile(path.join(indexFolder, PREPARED));
  onStep('decide');
  await rename(path.join(indexFolder, PREPARED), path.join(indexFolder, DECIDED));
  await syncFile(indexFolder);
  await completeSwitch(indexFolder, onStep);
}

/** Whether a switch was decided and not completed: then nothing may be opened before it is. */
export function isSwitchPending(indexFolder: string): boolean {
  return existsSync(path.join(indexFolder, DECIDED));
}

/** Completes a switch that was decided, from wherever it was interrupted. Does nothing when there is none. */
export async function completeSwitch(indexFolder: string, onStep: OnStep = () => {}): Promise<void> {
  if (!isSwitchPending(indexFolder)) return;
  const decided = path.join(indexFolder, DECIDED);
  const former = path.join(indexFolder, FORMER);
  const marker = path.join(decided, FORMER_IS_ASIDE);
  if (!existsSync(marker)) {
    await mkdir(former, { recursive: true });
    await move(indexFolder, former, onStep);
    onStep('mark');
    await writeFile(marker, '');
    await syncFile(decided);
  }
  await move(decided, indexFolder, onStep);
  // By a rename first: were the marker removed alone, what is in place would be taken for the former archive.
  await rm(path.join(indexFolder, PREPARED), { recursive: true, force: true });
  onStep('end');
  await rename(decided, path.join(indexFolder, PREPARED));
  await syncFile(indexFolder);
  onStep('remove');
  await rm(path.join(indexFolder, PREPARED), { recursive: true, force: true });
  await rm(former, { recursive: true, force: true });
}

async function move(from: string, to: string, onStep: OnStep): Promise<void> {
  const present = new Set(await readdir(from));
  for (const name of ARCHIVE_FILES.filter((one) => present.has(one))) {
    onStep(`move ${name} to ${path.basename(to)}`);
    await rename(path.join(from, name), path.join(to, name));
  }
  await syncFile(to);
  await syncFile(from);
}
