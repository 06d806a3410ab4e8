import type { ArticleSource } from '../corpus/article-source.js';
import { cleanArticle } from '../corpus/clean-article.js';
import type { CleanArticle, RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import type { Centring } from '../embedding/centring.js';
import type { Embedder } from '../embedding/embedder.js';
import { splitArticle } from '../passages/split-article.js';
import type { ArticleStore } from '../storage/article-store.js';
import type { VectorIndexWriter } from '../vector-index/vector-index.js';
import { applyChange } from './apply-change.js';
import { embedArticle } from './embed-article.js';
import type { IngestProgress, IngestReport } from './ingest-report.js';
import { IngestTally } from './ingest-tally.js';
import { hashArticle, type IngestPlan, planChanges } from './plan-changes.js';
import { publishSnapshot } from './publish-snapshot.js';
import { runConcurrently } from './run-concurrently.js';

export interface IngestDependencies {
  readonly embedder: Embedder;
  readonly centring: Centring;
  readonly store: ArticleStore;
  readonly index: VectorIndexWriter;
}

export interface IngestOptions {
  /** Name of the collection that the source is the whole of. */
  readonly sourceName: string;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
}

/** Articles on their way at once: while one is embedded, the next is cut and the last is stored. */
const ARTICLES_IN_FLIGHT = 3;

/**
 * From a source to a searchable archive: read, clean, cut, embed, store, index; then publish a snapshot.
 * What is unchanged costs nothing, a changed article re-embeds only its changed passages, a removed one goes.
 * A problem with one article is reported and the rest goes in.
 *
 * @throws what the store, the index and the embedder throw (a full disk, a dead thread): what was stored stays
 */
export async function ingestArticles(
  source: ArticleSource,
  dependencies: IngestDependencies,
  options: IngestOptions,
): Promise<IngestReport> {
  const { store, embedder, index } = dependencies;
  const started = performance.now();
  const tally = new IngestTally(options.onProgress, started);
  const plan = await planChanges(source, {
    states: await store.articleStates(),
    sourceName: options.sourceName,
    fingerprint: embedder.fingerprint,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onRead: (articles) => tally.reading(articles),
  });
  tally.start(plan);

  if (plan.changed.size > 0) {
    await runConcurrently(changedArticles(source, plan, options.signal), ARTICLES_IN_FLIGHT, async (raw) => {
      await ingestArticle(raw, plan, dependencies, options, tally);
    });
  }
  // Last, so that an article that only moved can be found at its old place until it is at the new one.
  await removeArticles(plan, dependencies);
  tally.publishing();
  await publishSnapshot(index, (problem) => tally.problem(problem));
  return tally.finish(plan, started);
}

/** The plan names what changed; a second reading hands it over, so that no archive has to fit into memory. */
async function* changedArticles(
  source: ArticleSource,
  plan: IngestPlan,
  signal: AbortSignal | undefined,
): AsyncGenerator<RawArticle> {
  const waiting = new Set(plan.changed.keys());
  for await (const item of source.articles(signal)) {
    if (item.kind === 'problem' || !waiting.delete(item.article.id)) continue;
    signal?.throwIfAborted();
    yield item.article;
    if (waiting.size === 0) return;
  }
}

async function ingestArticle(
  raw: RawArticle,
  plan: IngestPlan,
  { embedder, centring, store, index }: IngestDependencies,
  options: IngestOptions,
  tally: IngestTally,
): Promise<void> {
  let article: CleanArticle;
  try {
    article = cleanArticle(raw);
  } catch (error) {
    if (!(error instanceof FihristError) || error.fault !== 'caller') throw error;
    if (plan.known.has(raw.id)) await applyChange(await store.removeArticles([raw.id]), [], centring, index);
    return tally.failed(raw, error);
  }
  const embedded = await embedArticle(article, splitArticle(article), embedder, store, options.signal);
  const change = await store.putArticle({
    article,
    source: options.sourceName,
    contentHash: hashArticle(raw),
    passages: embedded.passages,
    titleEmbedding: embedded.titleEmbedding,
    fingerprint: embedder.fingerprint,
  });
  await applyChange(change, embedded.passages, centring, index);
  tally.done(raw, embedded, plan.known.has(raw.id));
}

async function removeArticles(
  plan: IngestPlan,
  { store, index, centring }: IngestDependencies,
): Promise<void> {
  if (plan.removed.length === 0) return;
  await applyChange(await store.removeArticles(plan.removed), [], centring, index);
}
