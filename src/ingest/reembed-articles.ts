import type { StoredArticle } from '../storage/article-store.js';
import { applyChange } from './apply-change.js';
import { embedArticle } from './embed-article.js';
import type { IngestDependencies, IngestOptions } from './ingest-articles.js';
import type { IngestProblem, IngestReport } from './ingest-report.js';
import { toProblem } from './plan-changes.js';
import { publishSnapshot } from './publish-snapshot.js';

/**
 * Embeds again what another model embedded, from the texts in the store: after a change of model, the articles whose
 * source is not at hand stay findable too. Does nothing when all vectors are of this model.
 */
export async function reembedArticles(
  { embedder, centring, store, index }: IngestDependencies,
  options: Pick<IngestOptions, 'signal' | 'onProgress'>,
): Promise<Pick<IngestReport, 'textsEmbedded' | 'problems'>> {
  const started = performance.now();
  const stale = (await store.articleStates()).filter((state) => state.fingerprint !== embedder.fingerprint);
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
  for (const [articlesDone, state] of stale.entries()) {
    options.signal?.throwIfAborted();
    const stored = await store.article(state.id);
    if (stored === null) continue;
    const embedded = await embedArticle(stored, stored.passages, embedder, store, options.signal);
    const change = await store.putArticle({
      article: toCleanArticle(stored),
      source: state.source,
      contentHash: state.contentHash,
      passages: embedded.passages,
      titleEmbedding: embedded.titleEmbedding,
      fingerprint: embedder.fingerprint,
    });
    await applyChange(change, embedded.passages, centring, index);
    textsEmbedded += embedded.textsEmbedded;
    passagesDone += embedded.passagesEmbedded;
    report('embedding', articlesDone + 1);
  }
  const problems: IngestProblem[] = [];
  if (stale.length > 0) {
    await publishSnapshot(index, (error) => problems.push(toProblem(error)));
    report('done', stale.length);
  }
  return { textsEmbedded, problems };
}

/** The store keeps an article's passages in place of its paragraphs. */
function toCleanArticle(stored: StoredArticle) {
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
