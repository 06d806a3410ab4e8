import path from 'node:path';
import { completeInterruptedSwitches } from './backup/complete-switches.js';
import { type ModelThreads, openIndex, openModel, type WatchedOpening, watchingOf } from './compose-model.js';
import type { CopyingProgress } from './editions/begin-edition.js';
import { findEdition, listEditions, servedFingerprints } from './editions/list-editions.js';
import { type EditionParts, type MadeEdition, makeEdition } from './editions/make-edition.js';
import { switchEdition } from './editions/switch-edition.js';
import { checkDimensions } from './embedding/check-dimensions.js';
import { describeModel, type ModelDescription } from './embedding/describe-model.js';
import type { IngestProgress } from './ingest/ingest-report.js';
import { logDamage } from './log-damage.js';
import { openParts } from './open-parts.js';
import { openSqliteArticleReader } from './storage/sqlite-article-reader.js';
import { openSqliteArticleStore } from './storage/sqlite-article-store.js';

interface SwitchToModelOptions extends WatchedOpening {
  /** Of the index. */
  readonly folder: string;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Serves the edition of the set model from now on, when the archive is of another one and there is such an edition.
 * To be called before the archive is opened.
 * @throws MODEL_* (operator); as switchEdition
 * Cost: a look at the folder when there is no edition.
 */
export async function switchToModel(options: SwitchToModelOptions): Promise<void> {
  const { config, folder, logger, onPhase, onProgress, signal } = options;
  if (listEditions(folder).length === 0) return;
  const { fingerprint } = await describeModel(config.model, config.hubModel);
  const [from] = servedFingerprints(folder).filter((one) => one !== fingerprint);
  const edition = findEdition(folder, fingerprint);
  if (from === undefined || edition === null) return;
  onPhase?.('edition');
  logger.info(
    { from, to: fingerprint, edition: edition.place },
    'another model: the archive has an edition of it',
  );
  const { close, ...parts } = partsOf(options);
  try {
    const report = await switchEdition({
      ...parts,
      indexFolder: folder,
      place: edition.place,
      fingerprint,
      onProgress,
      signal,
    });
    logger.info({ ...report }, 'the edition has all of the archive and is in its place');
  } finally {
    await close();
  }
}

export interface MakeEditionOfOptions extends WatchedOpening {
  readonly onProgress: (progress: CopyingProgress | IngestProgress) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes the edition of the set model beside the archive, or brings it up to it.
 * @throws as makeEdition; MODEL_* (operator)
 */
export async function makeEditionOfModel(
  options: MakeEditionOfOptions,
): Promise<MadeEdition & { readonly model: ModelDescription }> {
  const { config, onProgress, signal } = options;
  const indexFolder = path.resolve(config.indexFolder);
  await completeInterruptedSwitches(indexFolder);
  const model = await describeModel(config.model, config.hubModel);
  const { fingerprint, dimensions } = model;
  const { close, ...parts } = partsOf(options);
  try {
    const made = await makeEdition({
      ...parts,
      indexFolder,
      model: { fingerprint, dimensions, name: config.model },
      publishIndex: (folder, store, embedder) =>
        openParts(async (keep) => {
          checkDimensions(model, embedder.dimensions);
          const { index } = await openIndex(
            { model, dimensions: embedder.dimensions },
            { ...options, folder, readOnly: false, keep, store },
          );
          await index.publishSnapshot();
          return (closeAll) => closeAll;
        }).then((closeAll) => closeAll()),
      onProgress,
      signal,
    });
    return { ...made, model };
  } finally {
    await close();
  }
}

/** What opens the parts of archives; the model once, when it is first asked for. */
function partsOf(options: WatchedOpening): EditionParts & { close(): Promise<void> } {
  const onDamaged = logDamage(options.logger);
  let model: Promise<ModelThreads> | null = null;
  return {
    openStore: (folder) => openSqliteArticleStore({ folder, onDamaged, ...watchingOf(options) }),
    openReader: (folder) => openSqliteArticleReader({ folder, onDamaged }),
    openEmbedder: async () => {
      // One copy: a service may be running beside it.
      model ??= describeModel(options.config.model, options.config.hubModel).then((described) =>
        openModel(described, options, 1),
      );
      return model;
    },
    close: async () => {
      await model?.then(
        (threads) => threads.close(),
        () => {},
      );
    },
  };
}
