import type { ArticleId } from '../domain/article.js';
import { rebuildPassages } from '../passages/rebuild-passages.js';
import { applyChange } from './apply-change.js';
import { embedArticle } from './embed-article.js';
import type { IngestDependencies } from './ingest-dependencies.js';
import { toCleanArticle } from './reembed-articles.js';

/**
 * Makes everything of articles' passages again that follows from their texts: places, languages, sentences, vectors.
 * What of it is whole in the store is taken from there; a passage that was damaged gets a new label. Articles that are
 * gone are passed over.
 */
export async function remakeArticles(
  ids: readonly ArticleId[],
  { embedder, centring, store, index, locks }: IngestDependencies,
): Promise<void> {
  for (const id of ids) {
    await locks.run(id, async () => {
      const [stored, state] = [await store.article(id), await store.articleState(id)];
      if (stored === null || state === null) return;
      const texts = stored.passages.map(({ text }) => text);
      const { passages, titleEmbedding } = await embedArticle(
        stored,
        rebuildPassages(id, texts),
        embedder,
        store,
      );
      const change = await store.putArticle({
        article: toCleanArticle(stored),
        source: state.source,
        contentHash: state.contentHash,
        passages,
        titleEmbedding,
        fingerprint: embedder.fingerprint,
      });
      await applyChange(change, passages, centring, index);
    });
  }
}
