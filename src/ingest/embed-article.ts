import type { CleanArticle } from '../domain/article.js';
import type { Embedding } from '../domain/embedding.js';
import type { Passage, TextSpan } from '../domain/passage.js';
import type { Embedder } from '../embedding/embedder.js';
import type { ArticleStoreWriter, EmbeddedPassage } from '../storage/article-store.js';
import { hasSearchableText } from '../text/has-searchable-text.js';
import { fitTokenLimit } from './fit-token-limit.js';

export interface EmbeddedArticle {
  readonly passages: readonly EmbeddedPassage[];
  /** Null when the article has no title. */
  readonly titleEmbedding: Embedding | null;
  /** Passages that the store did not have yet. */
  readonly passagesEmbedded: number;
  /** Titles, passages and sentences that went through the model. */
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
  const texts = [
    ...(isTitleFresh ? [title] : []),
    ...fresh.flatMap((passage) => [passage.text, ...sentenceTexts(passage)]),
  ];
  const embeddings = await embedInBatches(texts, embedder, signal);

  let next = 0;
  const take = (count: number): Embedding[] => {
    next += count;
    return embeddings.slice(next - count, next);
  };
  const [freshTitle = null] = isTitleFresh ? take(1) : [];
  const embedded = passages.map((passage, i): EmbeddedPassage => {
    const vectors = known[i];
    if (vectors != null) {
      const { embedding, sentenceEmbeddings } = vectors;
      return { passage, embedding, sentenceEmbeddings };
    }
    const [embedding] = take(1);
    if (embedding === undefined) throw new Error(`no embedding for passage ${passage.id}`);
    return { passage, embedding, sentenceEmbeddings: take(sentenceTexts(passage).length) };
  });
  return {
    passages: embedded,
    titleEmbedding: knownTitle ?? freshTitle,
    passagesEmbedded: fresh.length,
    textsEmbedded: texts.length,
  };
}

function isSameCut(a: readonly TextSpan[], b: readonly TextSpan[]): boolean {
  return a.length === b.length && a.every(({ start, end }, i) => start === b[i]?.start && end === b[i]?.end);
}

function sentenceTexts(passage: Passage): string[] {
  if (passage.sentences.length < 2) return [];
  return passage.sentences.map(({ start, end }) => passage.text.slice(start, end));
}

/**
 * Two batches at a time: the model is never without work, and a short article that is written beside a book shares it
 * with two batches of the book, not with all of them.
 */
async function embedInBatches(
  texts: readonly string[],
  embedder: Embedder,
  signal: AbortSignal | undefined,
): Promise<Embedding[]> {
  const batches: Array<Promise<Embedding[]>> = [];
  for (let i = 0; i < texts.length; i += embedder.maxBatchSize) {
    await batches.at(-2);
    const batch = embedder.embedPassages(texts.slice(i, i + embedder.maxBatchSize), signal);
    // Heard of in its turn; until then it must not count as unhandled.
    batch.catch(() => {});
    batches.push(batch);
  }
  return (await Promise.all(batches)).flat();
}
