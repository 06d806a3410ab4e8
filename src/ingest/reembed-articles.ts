import type { ArticleId } from '../domain/article.js';
import type { StoredArticle } from '../storage/article-store.js';
import { isDamagedArticle, wholeArticle } from '../storage/damaged-article.js';
import { applyChange } from './apply-change.js';
import { embedArticle } from './embed-article.js';
import type { IngestOptions } from './ingest-articles.js';
import type { IngestDependencies } from './ingest-dependencies.js';
import type { IngestProblem, IngestReport } from './ingest-report.js';
import { toProblem } from './plan-changes.js';
import { publishSnapshot } from './publish-snapshot.js';

/**
 * Embeds again what another model embedded, from the texts in the store: after a change of model, the articles whose
 * source is not at hand stay findable too. Does nothing when all vectors are of this model.
 */
export async function reembedArticles(
  dependencies: IngestDependencies,
  options: Pick<IngestOptions, 'signal' | 'onProgress'>,
): Promise<Pick<IngestReport, 'textsEmbedded' | 'problems'>> {
  const { embedder, store, index } = dependencies;
  const started = performance.now();
  const stale = await store.articleStates({ otherThan: embedder.fingerprint });
  const problems: IngestProblem[] = [];
  let textsEmbedded = 0;
  let passagesDone = 0;
  const report = (phase: 'embedding' | 'done', articlesDone: number) =>
    options.onProgress?.({
      phase,
      articlesDone,
      articlesTotal: stale.length,
      charactersDone: articlesDone,
      charactersTotal: stale.length,
      passagesDone,
      elapsedMs: performance.now() - started,
    });
  for (const [articlesDone, { id }] of stale.entries()) {
    options.signal?.throwIfAborted();
    await dependencies.room?.pause(options.signal);
    try {
      const embedded = await reembedArticle(id, dependencies, options.signal);
      textsEmbedded += embedded.textsEmbedded;
      passagesDone += embedded.passagesEmbedded;
    } catch (error) {
      if (!isDamagedArticle(error)) throw error;
      problems.push(toProblem(error));
    }
    report('embedding', articlesDone + 1);
  }
  if (stale.length > 0) {
    await publishSnapshot(index, (error) => problems.push(toProblem(error)));
    report('done', stale.length);
  }
  return { textsEmbedded, problems };
}

/** Looks again whether it is of another model: it may have been written or removed since it was listed. */
function reembedArticle(
  id: ArticleId,
  { embedder, centring, store, index, locks }: IngestDependencies,
  signal: AbortSignal | undefined,
): Promise<{ textsEmbedded: number; passagesEmbedded: number }> {
  const { fingerprint } = embedder;
  return locks.run(id, async () => {
    const [stored, state] = [await wholeArticle(store, id), await store.articleState(id)];
    if (stored === null || state === null || state.fingerprint === fingerprint) {
      return { textsEmbedded: 0, passagesEmbedded: 0 };
    }
    const embedded = await embedArticle(stored, stored.passages, embedder, store, signal);
    const { passages, titleEmbedding } = embedded;
    const { source, contentHash } = state;
    const article = toCleanArticle(stored);
    const change = await store.putArticle({
      article,
      source,
      contentHash,
      passages,
      titleEmbedding,
      fingerprint,
      updatedAt: stored.updatedAt,
    });
    await applyChange(change, passages, centring, index);
    return embedded;
  });
}

/** The store keeps an article's passages in place of its paragraphs. */
export function toCleanArticle(stored: StoredArticle) {
  const { id, title, url, language, publishedAt, tags, origin, dropped } = stored;
  return {
    id,
    title,
    language,
    tags,
    origin,
    dropped,
    paragraphs: [],
    ...(url === null ? {} : { url }),
    ...(publishedAt === null ? {} : { publishedAt }),
  };
}
