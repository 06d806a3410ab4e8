import path from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { CachingEmbedder } from './embedding/caching-embedder.js';
import { NO_CENTRING, readCentring } from './embedding/centring.js';
import { checkDimensions } from './embedding/check-dimensions.js';
import { describeModel } from './embedding/describe-model.js';
import type { Embedder } from './embedding/embedder.js';
import { TransformersEmbedder } from './embedding/transformers-embedder.js';
import { reconcileIndex } from './ingest/reconcile-index.js';
import type { MemoryShares } from './memory/share-memory.js';
import type { Keep, OpeningPhase } from './open-parts.js';
import { KeptCandidates } from './search/kept-candidates.js';
import { KeptPassageRecords } from './search/kept-passage-records.js';
import { relatedFitOf } from './search/related-fit.js';
import type { ArticleStoreReader } from './storage/article-store.js';
import type { ThreadWatchOptions } from './threads/worker-thread.js';
import { openHnswlibVectorIndex } from './vector-index/hnswlib-vector-index.js';

export interface ModelAndIndexOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly onPhase?: (phase: OpeningPhase) => void;
  readonly watching: ThreadWatchOptions;
  readonly folder: string;
  readonly readOnly: boolean;
  readonly keep: Keep;
  readonly store: ArticleStoreReader;
  readonly shares: MemoryShares;
}

/** Opens model and index, brings the index up to the store, and gives what searches are made of. */
export async function openModelAndIndex(options: ModelAndIndexOptions) {
  const { config, logger, folder, readOnly, keep, store, shares, watching, onPhase } = options;
  onPhase?.('model');
  const model = await describeModel(config.model, config.hubModel);
  const modelThread = keep(
    await TransformersEmbedder.open({ description: model, threads: config.threads, ...watching }),
  );
  const mostEntries = shares.queryEntries;
  const cachedQueries = mostEntries === 0 ? null : new CachingEmbedder(modelThread, { mostEntries });
  const embedder: Embedder = cachedQueries ?? modelThread;
  onPhase?.('index');
  const { dimensions, fingerprint } = embedder;
  checkDimensions(model, dimensions);
  const centring =
    model.centresFile === null ? NO_CENTRING : await readCentring(model.centresFile, dimensions);
  const { index, snapshot, reason, trustedUpTo } = await openHnswlibVectorIndex({
    folder: path.join(folder, 'snapshots'),
    dimensions,
    space: `${fingerprint} ${centring.id}`,
    openings: await store.openings(),
    searchWidth: config.searchWidth,
    readOnly,
    ...watching,
  });
  keep(index);
  if (reason !== undefined) logger.warn({ snapshot, reason }, 'an index snapshot could not be used');
  const { added, removed } = await reconcileIndex(store, index, { fingerprint, centring, trustedUpTo });
  if (added + removed > 0) logger.info({ added, removed }, 'the index was brought up to the database');
  const mostRows = shares.candidateRows;
  const keptCandidates = new KeptCandidates({ store, centring, dimensions, mostRows });
  const passageRecords = new KeptPassageRecords(store, shares.passageRecords);
  const relatedFit = relatedFitOf(fingerprint);
  const caching = { modelThread, cachedQueries };
  return { model, embedder, ...caching, centring, index, keptCandidates, passageRecords, relatedFit };
}
