import path from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { CachingEmbedder } from './embedding/caching-embedder.js';
import { type Centring, NO_CENTRING, readCentring } from './embedding/centring.js';
import { checkDimensions } from './embedding/check-dimensions.js';
import { describeModel, type ModelDescription } from './embedding/describe-model.js';
import type { Embedder } from './embedding/embedder.js';
import { EmbedderPool } from './embedding/embedder-pool.js';
import { TransformersEmbedder } from './embedding/transformers-embedder.js';
import { reconcileIndex } from './ingest/reconcile-index.js';
import type { MemoryShares } from './memory/share-memory.js';
import type { Keep } from './open-parts.js';
import { projectFolder } from './project-folder.js';
import { KeptCandidates } from './search/kept-candidates.js';
import { KeptPassageRecords } from './search/kept-passage-records.js';
import { relatedFitOf } from './search/related-fit.js';
import { readWordTranslations } from './search/word-translations.js';
import type { ArticleStoreReader } from './storage/article-store.js';
import type { ThreadWatchOptions } from './threads/worker-thread.js';
import { openHnswlibVectorIndex } from './vector-index/hnswlib-vector-index.js';

/**
 * What is being opened, or waited for where several are opened at once; `edition`: one is brought up to the archive, to
 * take its place.
 */
export type OpeningPhase = 'edition' | 'store' | 'model' | 'index';

export interface WatchedOpening extends Pick<ThreadWatchOptions, 'onStopped' | 'onSilent'> {
  readonly config: Config;
  readonly logger: Logger;
  readonly onPhase?: (phase: OpeningPhase) => void;
}

/** From when a thread stops or hangs nothing works any more, and the archive is best closed and opened anew. */
export function watchingOf({ config, onStopped, onSilent }: WatchedOpening): ThreadWatchOptions {
  return {
    silenceLimitMs: config.threadTimeoutMs,
    ...(onStopped === undefined ? {} : { onStopped }),
    ...(onSilent === undefined ? {} : { onSilent }),
  };
}

/** With as many copies at work as cores, none is free for the event loop: it goes before them. */
const NICENESS = 10;

/** The model that the settings name, as many copies of it as there is work for, each in its thread. */
export type ModelThreads = EmbedderPool<TransformersEmbedder>;

/**
 * A model in its thread; more threads when there is work for them.
 * @param most  Copies at once. Default: what the settings say.
 * @throws MODEL_* (operator)
 */
export async function openModel(
  model: ModelDescription,
  options: WatchedOpening,
  most: number = options.config.modelCopies,
): Promise<ModelThreads> {
  const { config, logger } = options;
  const open = () =>
    TransformersEmbedder.open({
      description: model,
      threads: config.threads,
      niceness: NICENESS,
      ...watchingOf(options),
    });
  return new EmbedderPool({
    first: await open(),
    open,
    most,
    onFailure: (error) => logger.warn({ err: error }, 'a further copy of the model is not there'),
  });
}

/**
 * Model, index and translations, side by side: the index has to know of the model only what its card says. One without a card
 * has to run first.
 */
async function openSideBySide(options: OpenIndexOptions & { readonly shares: MemoryShares }) {
  const { config, keep, shares, onPhase } = options;
  onPhase?.('model');
  const model = await describeModel(config.model, config.hubModel);
  const openingModel = openModel(model, options, shares.modelCopies).then((opened) => {
    onPhase?.('index');
    return keep(opened);
  });
  const openingIndex = async () => {
    const dimensions = model.dimensions ?? (await openingModel).dimensions;
    return openIndex({ model, dimensions }, options);
  };
  // What goes wrong with one must not leave the others to be opened when all has been closed.
  const [threads, index, translations] = await Promise.allSettled([
    openingModel,
    openingIndex(),
    readWordTranslations(WORD_TRANSLATIONS_FILE),
  ]);
  const modelThreads = settledValue(threads);
  checkDimensions(model, modelThreads.dimensions);
  return { model, modelThreads, ...settledValue(index), translations: settledValue(translations) };
}

function settledValue<Value>(settled: PromiseSettledResult<Value>): Value {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

/** Stands beside the model, and is of words alone: it goes with any model. */
const WORD_TRANSLATIONS_FILE = `${projectFolder}models/word-translations/ar-en.tsv`;

interface OpenIndexOptions extends WatchedOpening {
  /** Of the store. */
  readonly folder: string;
  readonly readOnly: boolean;
  readonly keep: Keep;
  readonly store: ArticleStoreReader;
}

/** The vector index of a store, brought up to it. */
export async function openIndex(
  { model, dimensions }: { readonly model: ModelDescription; readonly dimensions: number },
  options: OpenIndexOptions,
) {
  const { config, logger, folder, readOnly, keep, store } = options;
  const { fingerprint } = model;
  const centring: Centring =
    model.centresFile === null ? NO_CENTRING : await readCentring(model.centresFile, dimensions);
  const { index, snapshot, reason, trustedUpTo } = await openHnswlibVectorIndex({
    folder: path.join(folder, 'snapshots'),
    dimensions,
    space: `${fingerprint} ${centring.id}`,
    openings: await store.openings(),
    searchWidth: config.searchWidth,
    readOnly,
    ...watchingOf(options),
  });
  keep(index);
  if (reason !== undefined) logger.warn({ snapshot, reason }, 'an index snapshot could not be used');
  const { added, removed } = await reconcileIndex(store, index, { fingerprint, centring, trustedUpTo });
  if (added + removed > 0) logger.info({ added, removed }, 'the index was brought up to the database');
  return { centring, index };
}

/**
 * Model and index of an archive, with what is kept of what was read and computed.
 * @param options.shares  How much that may be.
 */
export async function openModelAndIndex(options: OpenIndexOptions & { readonly shares: MemoryShares }) {
  const { store, shares } = options;
  const { model, modelThreads, centring, index, translations } = await openSideBySide(options);
  const mostEntries = shares.queryEntries;
  const cachedQueries = mostEntries === 0 ? null : new CachingEmbedder(modelThreads, { mostEntries });
  const embedder: Embedder = cachedQueries ?? modelThreads;
  const { dimensions } = embedder;
  const keptCandidates = new KeptCandidates({ store, centring, dimensions, mostRows: shares.candidateRows });
  const passageRecords = new KeptPassageRecords(store, shares.passageRecords);
  const relatedFit = relatedFitOf(embedder.fingerprint);
  const caching = { modelThreads, cachedQueries };
  return {
    model,
    embedder,
    ...caching,
    centring,
    index,
    translations,
    keptCandidates,
    passageRecords,
    relatedFit,
  };
}
