import type { CleanArticle } from '../domain/article.js';
import type { Embedding } from '../domain/embedding.js';
import type { Passage, TextSpan } from '../domain/passage.js';
import { sentenceTexts } from '../embedding/embed-apart.js';
import type { Embedder, PassageEmbeddings } from '../embedding/embedder.js';
import type { ArticleStoreWriter, EmbeddedPassage } from '../storage/article-store.js';
import { hasSearchableText } from '../text/has-searchable-text.js';
import { fitTokenLimit } from './fit-token-limit.js';

export interface EmbeddedArticle {
  readonly passages: readonly EmbeddedPassage[];
  /** Null when the article has no title. */
  readonly titleEmbedding: Embedding | null;
  /** Passages that the store did not have yet. */
  readonly passagesEmbedded: number;
  /** Titles, passages and sentences that the model gave vectors. */
  readonly textsEmbedded: number;
}

/**
 * Gives an article's title and each of its passages their vectors. Text that the store already has vectors for is not embedded again.
 * A passage that the model would cut off is halved first. One of a single sentence gets no sentence vector: it would
 * be the same text.
 */
export async function embedArticle(
  { id, title }: Pick<CleanArticle, 'id' | 'title'>,
  cut: readonly Passage[],
  embedder: Embedder,
  store: Pick<ArticleStoreWriter, 'knownEmbeddings' | 'knownTitleEmbedding'>,
  signal?: AbortSignal,
): Promise<EmbeddedArticle> {
  const passages = await fitTokenLimit(id, cut, embedder, signal);
  const stored = await store.knownEmbeddings(
    id,
    embedder.fingerprint,
    passages.map((passage) => passage.text),
  );
  // Vectors of a text that is cut into other sentences now are not its vectors any more.
  const known = passages.map((passage, i) => {
    const vectors = stored[i];
    return vectors != null && isSameCut(vectors.sentences, passage.sentences) ? vectors : null;
  });
  const fresh = passages.filter((_, i) => known[i] === null);
  const knownTitle = await store.knownTitleEmbedding(id, embedder.fingerprint, title);
  const isTitleFresh = hasSearchableText(title) && knownTitle === null;
  const [[freshTitle = null], embeddings] = await Promise.all([
    isTitleFresh ? embedder.embedPassages([title], signal) : [],
    embedInBatches(fresh, embedder, signal),
  ]);
  const next = embeddings.values();
  const embedded = passages.map((passage, i): EmbeddedPassage => {
    const vectors = known[i] ?? next.next().value;
    if (vectors === undefined) throw new Error(`no embedding for passage ${passage.id}`);
    const { embedding, sentenceEmbeddings } = vectors;
    return { passage, embedding, sentenceEmbeddings };
  });
  return {
    passages: embedded,
    titleEmbedding: knownTitle ?? freshTitle,
    passagesEmbedded: fresh.length,
    textsEmbedded: (isTitleFresh ? 1 : 0) + fresh.reduce((sum, passage) => sum + countTexts(passage), 0),
  };
}

function isSameCut(a: readonly TextSpan[], b: readonly TextSpan[]): boolean {
  return a.length === b.length && a.every(({ start, end }, i) => start === b[i]?.start && end === b[i]?.end);
}

/** The passage, and its sentences where they have vectors of their own. */
function countTexts(passage: Passage): number {
  return 1 + sentenceTexts(passage).length;
}

/**
 * Two batches at a time: the model is never without work, and a short article that is written beside a book shares it
 * with two batches of the book, not with all of them.
 */
async function embedInBatches(
  passages: readonly Passage[],
  embedder: Embedder,
  signal: AbortSignal | undefined,
): Promise<PassageEmbeddings[]> {
  const batches: Array<Promise<PassageEmbeddings[]>> = [];
  for (const some of inBatches(passages, embedder.maxBatchSize)) {
    await batches.at(-2);
    const batch = embedder.embedWithSentences(some, signal);
    // Heard of in its turn; until then it must not count as unhandled.
    batch.catch(() => {});
    batches.push(batch);
  }
  return (await Promise.all(batches)).flat();
}

/** @param mostTexts  In a batch, sentences counted; a passage that has more is a batch of its own. */
function inBatches(passages: readonly Passage[], mostTexts: number): Passage[][] {
  const batches: Passage[][] = [];
  let texts = Number.POSITIVE_INFINITY;
  for (const passage of passages) {
    texts += countTexts(passage);
    if (texts > mostTexts) {
      batches.push([]);
      texts = countTexts(passage);
    }
    batches.at(-1)?.push(passage);
  }
  return batches;
}
