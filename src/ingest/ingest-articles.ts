import type { ArticleSource } from '../corpus/article-source.js';
import type { ArticleId, RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { applyChange } from './apply-change.js';
import { ARTICLES_IN_FLIGHT, expectListeners } from './articles-in-flight.js';
import type { IngestDependencies } from './ingest-dependencies.js';
import type { IngestProgress, IngestReport } from './ingest-report.js';
import { IngestTally } from './ingest-tally.js';
import { type IngestPlan, planChanges } from './plan-changes.js';
import { publishSnapshot } from './publish-snapshot.js';
import { runConcurrently } from './run-concurrently.js';
import { writeArticle } from './write-article.js';

export interface IngestOptions {
  /** Name of the collection that the source is the whole of. */
  readonly sourceName: string;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * From a source to a searchable archive: read, clean, cut, embed, store, index; then publish a snapshot.
 * What is unchanged costs nothing, a changed article re-embeds only its changed passages, a removed one goes.
 * A problem with one article is reported and the rest goes in. Single articles may be written meanwhile (writeArticle).
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
  expectListeners(options.signal);
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
      await ingestArticle(raw, dependencies, options, tally);
    });
  }
  // Last, so that an article that only moved can be found at its old place until it is at the new one.
  await removeArticles(plan.removed, dependencies, options);
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
  dependencies: IngestDependencies,
  options: IngestOptions,
  tally: IngestTally,
): Promise<void> {
  try {
    tally.done(raw, await writeArticle(raw, dependencies, options));
  } catch (error) {
    if (!(error instanceof FihristError) || error.fault !== 'caller') throw error;
    await removeArticles([raw.id], dependencies, options);
    tally.failed(raw, error);
  }
}

/** What another collection has taken over since the plan was made stays. */
async function removeArticles(
  ids: readonly ArticleId[],
  { store, index, centring }: IngestDependencies,
  { sourceName }: IngestOptions,
): Promise<void> {
  if (ids.length === 0) return;
  await applyChange(await store.removeArticles(ids, { ofSource: sourceName }), [], centring, index);
}
