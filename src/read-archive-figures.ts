import type { ArticleStoreReader, StoreStats } from './storage/article-store.js';
import type { CacheFigures } from './telemetry/cache-figures.js';
import type { ArchiveFigures } from './telemetry/service-figures.js';
import type { VectorIndexReader } from './vector-index/vector-index.js';

/** Counting holds up the event loop, in a large archive for long: it may take a thousandth of the time. */
const REST_PER_MS = 1_000;

interface Cache {
  figures(): CacheFigures;
}

export interface WatchedParts {
  readonly store: Pick<ArticleStoreReader, 'stats' | 'generation'>;
  readonly index: Pick<VectorIndexReader, 'size'>;
  readonly model: { readonly fingerprint: string; waitingTexts(): ArchiveFigures['waitingTexts'] };
  /** Null for one that is switched off. */
  readonly caches: Readonly<Record<keyof ArchiveFigures['caches'], Cache | null>>;
}

/**
 * @returns Tells what an archive is like, each time it is called. Articles and passages are counted anew only when they
 *   may have changed, and in a large archive that changes all the time, not every time.
 */
export function archiveFiguresOf(
  { store, index, model, caches }: WatchedParts,
  now: () => number = () => performance.now(),
): () => Promise<ArchiveFigures> {
  let counted: { readonly stats: StoreStats; readonly restUntil: number } | null = null;
  const count = async (generation: number): Promise<StoreStats> => {
    const startedAt = now();
    if (counted !== null && (counted.stats.generation === generation || startedAt < counted.restUntil)) {
      return counted.stats;
    }
    const stats = await store.stats();
    const endedAt = now();
    counted = { stats, restUntil: endedAt + REST_PER_MS * (endedAt - startedAt) };
    return stats;
  };
  return async () => {
    const generation = await store.generation();
    const { articles, passagesByLanguage, sizeBytes } = await count(generation);
    return {
      articles,
      passagesByLanguage,
      sizeBytes,
      generation,
      indexSize: await index.size(),
      waitingTexts: model.waitingTexts(),
      caches: { queries: caches.queries?.figures() ?? null, results: caches.results?.figures() ?? null },
      modelFingerprint: model.fingerprint,
    };
  };
}
