import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ChatModel } from './answer/chat-model.js';
import { OpenaiChatModel } from './answer/openai-chat-model.js';
import { completeInterruptedSwitches } from './backup/complete-switches.js';
import { switchToModel } from './compose-editions.js';
import { openModelAndIndex, type WatchedOpening, watchingOf } from './compose-model.js';
import type { Config } from './config.js';
import type { ArticleSource } from './corpus/article-source.js';
import { createFolderArticleSource } from './corpus/folder-article-source.js';
import type { ArticleId } from './domain/article.js';
import { FihristError } from './domain/errors.js';
import type { Centring } from './embedding/centring.js';
import type { ModelDescription } from './embedding/describe-model.js';
import type { Embedder } from './embedding/embedder.js';
import { ArticleLocks } from './ingest/article-locks.js';
import { ArticleRoom, type ArticleRoomOptions } from './ingest/article-room.js';
import { type DeleteOptions, deleteArticle } from './ingest/delete-article.js';
import type { IngestOptions } from './ingest/ingest-articles.js';
import type { IngestProgress, IngestReport } from './ingest/ingest-report.js';
import { ingestThenReembed } from './ingest/ingest-then-reembed.js';
import { publishRegularly } from './ingest/publish-regularly.js';
import { remakeArticles } from './ingest/remake-articles.js';
import { RunningChanges } from './ingest/running-changes.js';
import { type GivenArticle, type WriteArticlesOptions, writeArticles } from './ingest/write-articles.js';
import type { KeyStore } from './keys/key-store.js';
import { openSqliteKeyStore } from './keys/sqlite-key-store.js';
import { logDamage } from './log-damage.js';
import type { MemoryShares } from './memory/share-memory.js';
import { modelOfOthers, refuseOtherModel } from './model-of-archive.js';
import { openParts } from './open-parts.js';
import { planMemory } from './plan-memory.js';
import { archiveFiguresOf } from './read-archive-figures.js';
import {
  findRelatedPassages,
  type RelatedDependencies,
  type RelatedResult,
} from './search/find-related-passages.js';
import { KeptResults } from './search/kept-results.js';
import type { RankingWeights } from './search/ranking-weights.js';
import { type RecordedCandidates, recordCandidates } from './search/record-candidates.js';
import type { RelatedRequest } from './search/related-request.js';
import { type SearchDependencies, type SearchResult, searchPassages } from './search/search-passages.js';
import type { SearchRequest } from './search/search-request.js';
import type { SearchRun } from './search/search-run.js';
import { TUNED_ANSWER_MODELS, TUNED_WEIGHTS } from './search/tuned-weights.js';
import type { ArticleStore, ArticleStoreReader } from './storage/article-store.js';
import { openSqliteArticleReader } from './storage/sqlite-article-reader.js';
import { openSqliteArticleStore } from './storage/sqlite-article-store.js';
import type { ArchiveFigures } from './telemetry/service-figures.js';
import type { VectorIndex, VectorIndexReader } from './vector-index/vector-index.js';

/** What is needed to search: parts that cannot change what is stored. */
export interface ArchiveReader {
  readonly model: ModelDescription;
  readonly embedder: Embedder;
  readonly centring: Centring;
  readonly store: ArticleStoreReader;
  readonly index: VectorIndexReader;
  search(request: SearchRequest, run?: SearchRun): Promise<SearchResult>;
  /** The same by other weights than those that were tuned for the shipped model. */
  searchBy(weights: RankingWeights, request: SearchRequest, run?: SearchRun): Promise<SearchResult>;
  /** @throws PASSAGE_NOT_FOUND (caller) */
  related(request: RelatedRequest, signal?: AbortSignal): Promise<RelatedResult>;
  /** The candidates of a question with all that weights are tuned on, beginning at `weights`. */
  record(query: string, weights: RankingWeights, signal?: AbortSignal): Promise<RecordedCandidates>;
  close(): Promise<void>;
}

export interface Archive extends ArchiveReader {
  /** Whether it holds passages of another model: not all can be found until an ingest has embedded them again. */
  readonly needsEmbedding: boolean;
  readonly store: ArticleStore;
  readonly index: VectorIndex;
  /** Frees what is kept in memory to be faster; it comes back by itself. */
  forget(): void;
  /** What it is like at the moment. */
  figures(): Promise<ArchiveFigures>;
  /** Makes the collection `sourceName` hold exactly what the source holds. Runs one at a time. */
  ingest(source: ArticleSource, options: IngestOptions): Promise<IngestReport>;
  /** Adds or replaces single articles, also while an ingest runs: see writeArticles. */
  writeArticles(articles: AsyncIterable<GivenArticle>, options: WriteArticlesOptions): Promise<void>;
  /** See remakeArticles. */
  remakeArticles(ids: readonly ArticleId[]): Promise<void>;
  /** See deleteArticle. */
  deleteArticle(id: ArticleId, options: DeleteOptions): Promise<void>;
  /** Waits for what is being written, publishes what is in memory only, then closes threads and files. */
  close(): Promise<void>;
}

export interface OpenArchiveOptions extends WatchedOpening {
  /** Waited for before an article is begun; see ArticleRoom. */
  readonly beginArticle?: ArticleRoomOptions['begin'];
  /** Told how far an edition of the set model is that is brought up to the archive, where there is one. */
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Ends that. */
  readonly signal?: AbortSignal;
  /** Told of each write when it is over: null when it is on disk, else why it failed. */
  readonly onWrite?: (error: FihristError | null) => void;
}

/** The language model that the settings name; null when they name none. Nothing is asked of it yet. */
export function chatModelOf({ languageModel }: Pick<Config, 'languageModel'>): ChatModel | null {
  if (languageModel === null) return null;
  const { url, ...rest } = languageModel;
  return new OpenaiChatModel({ baseUrl: url, ...rest });
}

/** A folder tree or file of articles, by format. */
export function articleSourceOf(place: string): ArticleSource {
  if (place.trim() === '')
    throw new FihristError('CORPUS_NOT_FOUND', 'The path of the articles is empty.', {
      details: { path: place },
    });
  return createFolderArticleSource(path.resolve(place));
}

/**
 * The keys of the configured index folder. Any number of processes may have them open.
 * @throws STORE_* (operator)
 */
export async function openKeys({ indexFolder }: Pick<Config, 'indexFolder'>): Promise<KeyStore> {
  const folder = path.resolve(indexFolder);
  await completeInterruptedSwitches(folder);
  return openSqliteKeyStore({ folder });
}

/**
 * Opens store, index and model for reading and writing, and brings the index up to what the store holds. Where the set
 * model has an edition beside an archive of another model, that is brought up to the archive and takes its place.
 * @throws MODEL_*, STORE_* (operator) with what is wrong and where
 */
export async function openArchive(options: OpenArchiveOptions): Promise<Archive> {
  const { config, logger, onWrite, onPhase, beginArticle: begin } = options;
  const folder = path.resolve(config.indexFolder);
  await completeInterruptedSwitches(folder);
  await switchToModel({ ...options, folder });
  await mkdir(folder, { recursive: true }).catch(() => {}); // the store says what is wrong with the folder
  const shares = await planMemory(config, folder);
  return openParts(async (keep) => {
    onPhase?.('store');
    const store = keep(
      await openSqliteArticleStore({
        folder,
        onDamaged: logDamage(logger),
        ...readingWithin(shares),
        ...watchingOf(options),
        ...(onWrite === undefined ? {} : { onWrite }),
      }),
    );
    const parts = {
      ...(await openModelAndIndex({ ...options, folder, readOnly: false, keep, store, shares })),
      store,
    };
    const otherModel = await modelOfOthers(store, parts.embedder.fingerprint);
    if (otherModel !== null) {
      logger.warn(
        { from: otherModel, to: parts.embedder.fingerprint },
        'another model: the archive is embedded again',
      );
    }
    const room = new ArticleRoom({
      limits: shares.articles,
      ...(begin === undefined ? {} : { begin }),
    });
    const changing = { ...parts, locks: new ArticleLocks(), room };
    const changes = new RunningChanges();
    const publishing = publishRegularly(parts.index, (error) => logger.warn({ err: error }, 'no snapshot'));
    const { resultBytes } = shares;
    const results = resultBytes === 0 ? null : new KeptResults({ ...parts, mostBytes: resultBytes });
    const { search, ...asking } = searching(parts);
    let lastIngest: Promise<unknown> = Promise.resolve();
    return (closeAll) => ({
      ...parts,
      needsEmbedding: otherModel !== null,
      ...asking,
      search: (request, run) =>
        results === null ? search(request, run) : results.of(request, () => search(request, run)),
      forget: () => {
        const { cachedQueries, keptCandidates, passageRecords, modelThreads } = parts;
        for (const keeper of [results, cachedQueries, keptCandidates, passageRecords, store, modelThreads])
          keeper?.forget();
      },
      figures: archiveFiguresOf({
        ...parts,
        model: parts.modelThreads,
        caches: { queries: parts.cachedQueries, results },
      }),
      ingest: (source, options) => {
        const run = lastIngest.catch(() => {}).then(() => ingestThenReembed(source, changing, options));
        lastIngest = run;
        return changes.track(run);
      },
      writeArticles: (articles, options) => changes.track(writeArticles(articles, changing, options)),
      remakeArticles: (ids) => changes.track(remakeArticles(ids, changing)),
      deleteArticle: (id, options) => changes.track(deleteArticle(id, changing, options)),
      close: async () => {
        await changes.over();
        publishing.stop();
        // The snapshot is a cache: what cannot be written now is built again at the next start.
        await parts.index
          .publishSnapshot()
          .catch((error: unknown) => logger.warn({ err: error }, 'no snapshot'));
        await closeAll();
      },
    });
  });
}

/**
 * Opens an archive for searching, also while another process writes to it. Changes nothing on disk.
 * @throws MODEL_*, STORE_UNUSABLE (operator) when there is no archive yet
 */
export async function openArchiveReader({ config, logger }: OpenArchiveOptions): Promise<ArchiveReader> {
  const folder = path.resolve(config.indexFolder);
  await completeInterruptedSwitches(folder);
  return openParts(async (keep) => {
    const shares = await planMemory(config, folder);
    const reader = openSqliteArticleReader({
      folder,
      onDamaged: logDamage(logger),
      ...readingWithin(shares),
    });
    keep({ close: async () => reader.close() });
    const parts = await openModelAndIndex({
      config,
      logger,
      folder,
      readOnly: true,
      keep,
      store: reader,
      shares,
    });
    await refuseOtherModel(reader, parts.embedder.fingerprint);
    const readable = { ...parts, store: reader };
    return (closeAll) => ({ ...readable, ...searching(readable), close: closeAll });
  });
}

/** What an archive's parts can be asked. */
function searching(
  parts: Omit<SearchDependencies, 'weights' | 'answerModels'> & RelatedDependencies,
): Pick<ArchiveReader, 'search' | 'searchBy' | 'related' | 'record'> {
  const tuned = { ...parts, weights: TUNED_WEIGHTS, answerModels: TUNED_ANSWER_MODELS };
  return {
    search: (request, run) => searchPassages(tuned, request, run),
    searchBy: (weights, request, run) => searchPassages({ ...tuned, weights }, request, run),
    related: (request, signal) => findRelatedPassages(parts, request, signal),
    record: (query, weights, signal) => recordCandidates({ ...parts, weights }, query, signal),
  };
}

/** What the store's reader may keep. */
function readingWithin({ pageCacheBytes, postingEntries, termPassages }: MemoryShares) {
  return { pageCacheBytes, keptWords: { mostEntries: postingEntries, mostPassages: termPassages } };
}
