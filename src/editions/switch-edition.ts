import path from 'node:path';
import { type CatchUpReport, catchUp } from '../ingest/catch-up.js';
import type { IngestProgress } from '../ingest/ingest-report.js';
import { copyTaskResults } from '../storage/copy-task-results.js';
import { type EditionPlace, lockEditionsBeside } from '../storage/edition-places.js';
import { acquireFolderLock } from '../storage/folder-lock.js';
import { commitSwitch, type OnStep, SWITCHING_EDITION } from '../storage/switch-archive.js';
import { translateSqliteError } from '../storage/translate-sqlite-error.js';
import type { EditionParts } from './make-edition.js';

export interface SwitchEditionOptions extends EditionParts {
  readonly indexFolder: string;
  /** The edition that is to be served. */
  readonly place: EditionPlace;
  /** Of its model. */
  readonly fingerprint: string;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: OnStep;
}

/**
 * Puts an edition in the place of the served one, which becomes the previous one. Before that it is brought up to all
 * that the served one has, while nobody writes to either: what was acknowledged is there afterwards, and what was
 * deleted is not. How far tasks are goes with it. One rename decides; before that the served one is what it was.
 *
 * @throws STORE_LOCKED (operator) while another process has the folder or an edition in it; as catchUp; STORE_*
 *   (operator). The archive is served as before then.
 * Cost: the model's, for what the edition lacks.
 */
export async function switchEdition(options: SwitchEditionOptions): Promise<CatchUpReport> {
  const { indexFolder, place, signal, onProgress } = options;
  // Brings it up to the present schema, and refuses a database that lacks what was acknowledged.
  await (await options.openStore(indexFolder)).close();
  const lock = acquireFolderLock(indexFolder);
  try {
    const report = await catchUpAtRest(options, {
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    const beside = lockEditionsBeside(indexFolder);
    try {
      copyTaskResults({ from: indexFolder, to: path.join(indexFolder, place) });
      await commitSwitch(indexFolder, SWITCHING_EDITION, place, options.onStep);
    } catch (error) {
      throw translateSqliteError(error, indexFolder);
    } finally {
      beside.release();
    }
    return report;
  } finally {
    lock.release();
  }
}

async function catchUpAtRest(
  { indexFolder, place, fingerprint, openStore, openReader, openEmbedder }: SwitchEditionOptions,
  how: Parameters<typeof catchUp>[1],
): Promise<CatchUpReport> {
  const to = await openStore(path.join(indexFolder, place));
  try {
    const from = openReader(indexFolder);
    try {
      return await catchUp({ from, to, fingerprint, openEmbedder }, how);
    } finally {
      from.close();
    }
  } finally {
    await to.close();
  }
}
