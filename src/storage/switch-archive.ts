import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EDITION_PLACES } from './edition-places.js';
import { syncFile } from './sync-file.js';

/** What belongs to an edition: the database with its side files, its mark and the sum of its words, and the snapshots made of it. */
const EDITION_FILES = [
  'fihrist.db',
  'fihrist.db-wal',
  'fihrist.db-shm',
  'fihrist.mark',
  'fihrist.words',
  'snapshots',
] as const;

/**
 * What belongs to an archive, of all that may be in its index folder: the served edition and those beside it, keys with
 * what is noted of them, and tasks. The lock and the backups stay where they are.
 */
const ARCHIVE_FILES = [
  ...EDITION_FILES,
  ...EDITION_PLACES,
  'keys.db',
  'keys.db-wal',
  'keys.db-shm',
  'keys.made',
  'tasks',
] as const;

/** One thing in an index folder that is put in the place of another. Names are of folders in it. */
export interface ArchiveSwitch {
  /** What gives way, as far as it is there. */
  readonly files: readonly string[];
  /** The prepared folder, once it is decided that its files are the ones: from then on there is no way back. */
  readonly decided: string;
  /** The decided folder, once it is empty. Means nothing. */
  readonly emptied: string;
  /** Where the former files are, until the next ones are in place. */
  readonly former: string;
  /** What becomes of the former files then: where they stay, in the place of what was there; null when they go. */
  readonly formerStaysAs: string | null;
}

/** All of an archive gives way to what a backup holds. */
export const RESTORING = {
  files: ARCHIVE_FILES,
  decided: 'restored',
  emptied: 'restoring',
  former: 'replaced',
  formerStaysAs: null,
} as const satisfies ArchiveSwitch;

/** The served edition gives way to one beside it. Keys and tasks are of all editions. */
export const SWITCHING_EDITION = {
  files: EDITION_FILES,
  decided: 'switching',
  emptied: 'switched',
  former: 'giving-way',
  formerStaysAs: 'previous',
} as const satisfies ArchiveSwitch;

const SWITCHES: readonly ArchiveSwitch[] = [RESTORING, SWITCHING_EDITION];

/** In the decided folder: all former files are aside, and what is in place is of the next ones. */
const FORMER_IS_ASIDE = 'former-is-aside';

/** Told before each step that an interruption may come before. */
export type OnStep = (step: string) => void;

/** Where the archive of a backup is to be made ready; nothing is there. */
export async function prepareRestoring(indexFolder: string): Promise<string> {
  const folder = path.join(indexFolder, RESTORING.emptied);
  await rm(folder, { recursive: true, force: true });
  await rm(path.join(indexFolder, RESTORING.former), { recursive: true, force: true });
  return folder;
}

/** Removes what was prepared. Never fails. */
export async function abandonRestoring(indexFolder: string): Promise<void> {
  await rm(path.join(indexFolder, RESTORING.emptied), { recursive: true, force: true }).catch(() => {});
}

/**
 * Puts what is in a folder in the place of what there is. One rename decides: whatever interrupts it, the former files
 * count before that and the next ones after it, once `completeSwitches` has run.
 * @param prepared  Name of a folder in the index folder; all in it is on disk but its own list of names.
 */
export async function commitSwitch(
  indexFolder: string,
  kind: ArchiveSwitch,
  prepared: string,
  onStep: OnStep = () => {},
): Promise<void> {
  await syncFile(path.join(indexFolder, prepared));
  onStep('decide');
  await rename(path.join(indexFolder, prepared), path.join(indexFolder, kind.decided));
  await syncFile(indexFolder);
  await completeSwitch(indexFolder, kind, onStep);
}

/** Whether a switch was decided and not completed: then nothing may be opened before it is. */
export function isSwitchPending(indexFolder: string): boolean {
  return SWITCHES.some(({ decided }) => existsSync(path.join(indexFolder, decided)));
}

/** Completes every switch that was decided, from wherever it was interrupted. Does nothing when there is none. */
export async function completeSwitches(indexFolder: string, onStep: OnStep = () => {}): Promise<void> {
  for (const kind of SWITCHES) await completeSwitch(indexFolder, kind, onStep);
}

async function completeSwitch(indexFolder: string, kind: ArchiveSwitch, onStep: OnStep): Promise<void> {
  const { decided, emptied, former, formerStaysAs } = within(indexFolder, kind);
  if (!existsSync(decided)) return;
  const marker = path.join(decided, FORMER_IS_ASIDE);
  if (!existsSync(marker)) {
    await mkdir(former, { recursive: true });
    await move(kind.files, { from: indexFolder, to: former, onStep });
    onStep('mark');
    await writeFile(marker, '');
    await syncFile(decided);
  }
  await move(kind.files, { from: decided, to: indexFolder, onStep });
  if (formerStaysAs !== null && existsSync(former)) {
    onStep('remove what was former before');
    await rm(formerStaysAs, { recursive: true, force: true });
    onStep('keep what was former');
    await rename(former, formerStaysAs);
  }
  // By a rename first: were the marker removed alone, what is in place would be taken for the former files.
  await rm(emptied, { recursive: true, force: true });
  onStep('end');
  await rename(decided, emptied);
  await syncFile(indexFolder);
  onStep('remove');
  await rm(emptied, { recursive: true, force: true });
  await rm(former, { recursive: true, force: true });
}

function within(indexFolder: string, { decided, emptied, former, formerStaysAs }: ArchiveSwitch) {
  const at = (name: string) => path.join(indexFolder, name);
  return {
    decided: at(decided),
    emptied: at(emptied),
    former: at(former),
    formerStaysAs: formerStaysAs === null ? null : at(formerStaysAs),
  };
}

async function move(
  files: readonly string[],
  { from, to, onStep }: { readonly from: string; readonly to: string; readonly onStep: OnStep },
): Promise<void> {
  const present = new Set(await readdir(from));
  for (const name of files.filter((one) => present.has(one))) {
    onStep(`move ${name} to ${path.basename(to)}`);
    await rename(path.join(from, name), path.join(to, name));
  }
  await syncFile(to);
  await syncFile(from);
}
