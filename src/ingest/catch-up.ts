import type { ArticleId } from '../domain/article.js';
import type { Embedder } from '../embedding/embedder.js';
import type { ArticleState, ArticleStore, ArticleStoreReader } from '../storage/article-store.js';
import { damagedArticle } from '../storage/damaged-article.js';
import { embedArticle } from './embed-article.js';
import type { IngestProgress } from './ingest-report.js';
import { toCleanArticle } from './reembed-articles.js';

export interface CatchUpDependencies {
  /** What is to be followed. Others may write to it. */
  readonly from: ArticleStoreReader;
  /** What follows it. */
  readonly to: ArticleStore;
  /** Fingerprint of the model that `to` is embedded by. */
  readonly fingerprint: string;
  /** That model; asked for only when there is something to embed. */
  readonly openEmbedder: () => Promise<Embedder>;
}

/** What one catching up did. */
export interface CatchUpReport {
  /** Articles that were written: new, changed, or not of the model yet. */
  readonly written: number;
  readonly removed: number;
  /** Titles, passages and sentences that went through the model. */
  readonly textsEmbedded: number;
}

/**
 * Makes a store hold the articles that another one held when it was called, embedded by a model of its own: what is
 * not there, was changed since or is of another model is written, what is gone is removed. What others change
 * meanwhile is left for the next call, which does nothing when there is nothing to do. An article is written as a
 * whole, so that whatever interrupts it, the next call goes on.
 *
 * @throws STORE_UNUSABLE (operator) for an article whose text is damaged: nothing is made of it; what the embedder and
 *   the stores throw; what `signal` fires with
 * Cost: the model's, for texts that `to` has no vectors of.
 */
export async function catchUp(
  dependencies: CatchUpDependencies,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: IngestProgress) => void } = {},
): Promise<CatchUpReport> {
  const { to } = dependencies;
  const { toWrite, toRemove } = await differences(dependencies);
  if (toRemove.length > 0) await to.removeArticles(toRemove);
  if (toWrite.length === 0) return { written: 0, removed: toRemove.length, textsEmbedded: 0 };
  const embedder = await dependencies.openEmbedder();
  const started = performance.now();
  let [textsEmbedded, passagesDone, written] = [0, 0, 0];
  for (const [i, id] of toWrite.entries()) {
    options.signal?.throwIfAborted();
    const article = await copyArticle(id, { ...dependencies, embedder }, options.signal);
    if (article !== null) {
      written += 1;
      textsEmbedded += article.textsEmbedded;
      passagesDone += article.passages.length;
    }
    options.onProgress?.({
      phase: 'embedding',
      articlesDone: i + 1,
      articlesTotal: toWrite.length,
      charactersDone: i + 1,
      charactersTotal: toWrite.length,
      passagesDone,
      elapsedMs: performance.now() - started,
    });
  }
  return { written, removed: toRemove.length, textsEmbedded };
}

/** By rising id. */
async function differences({
  from,
  to,
  fingerprint,
}: CatchUpDependencies): Promise<{ toWrite: ArticleId[]; toRemove: ArticleId[] }> {
  const there = new Map((await to.articleStates()).map((state) => [state.id, state]));
  const toWrite: ArticleId[] = [];
  for (const state of await from.articleStates()) {
    const copy = there.get(state.id);
    there.delete(state.id);
    if (copy?.fingerprint !== fingerprint || !isSameVersion(copy, state)) toWrite.push(state.id);
  }
  return { toWrite, toRemove: [...there.keys()] };
}

function isSameVersion(a: ArticleState, b: ArticleState): boolean {
  return (
    a.contentHash === b.contentHash &&
    a.updatedAt === b.updatedAt &&
    a.source === b.source &&
    a.originFile === b.originFile
  );
}

/** @returns Null when it is gone by now. */
async function copyArticle(
  id: ArticleId,
  { from, to, embedder }: CatchUpDependencies & { readonly embedder: Embedder },
  signal: AbortSignal | undefined,
) {
  const found = await readArticle(id, from);
  if (found === null) return null;
  const { article, state } = found;
  const embedded = await embedArticle(article, article.passages, embedder, to, signal);
  await to.putArticle({
    article: toCleanArticle(article),
    source: state.source,
    contentHash: state.contentHash,
    passages: embedded.passages,
    titleEmbedding: embedded.titleEmbedding,
    fingerprint: embedder.fingerprint,
    updatedAt: state.updatedAt,
  });
  return embedded;
}

/** An article with its state, both of one moment though others write: again when something was changed in between. */
async function readArticle(id: ArticleId, from: ArticleStoreReader) {
  for (;;) {
    const generation = await from.generation();
    const [article, state] = [await from.article(id), await from.articleState(id)];
    const isWhole = await from.isArticleWhole(id);
    if ((await from.generation()) !== generation) continue;
    if (article === null || state === null) return null;
    if (!isWhole) throw damagedArticle(id);
    return { article, state };
  }
}
