import type { CleanArticle } from '../domain/article.js';
import type { Embedding } from '../domain/embedding.js';
import type { Passage } from '../domain/passage.js';
import type { EmbeddedPassage, StoredArticleInput } from './article-store.js';
import { checkArticleInput } from './check-article-input.js';
import type { TaskResult } from './task-ledger.js';

/** An article on its way to the writing thread: all its vectors in one buffer, which is moved and not copied. */
export interface PackedArticle {
  readonly article: CleanArticle;
  readonly source: string;
  readonly contentHash: string;
  readonly fingerprint: string;
  readonly passages: readonly Passage[];
  readonly dimensions: number;
  /** A passage's vector, then its sentences', passage after passage; last the title's, if it has one. */
  readonly vectors: Float32Array<ArrayBuffer>;
  readonly hasTitle: boolean;
  readonly taskResult: TaskResult | undefined;
  /** Undefined: now. */
  readonly updatedAt: string | undefined;
}

/**
 * Vectors are often views into one large batch buffer, and a view takes its whole buffer along when it is cloned:
 * so they are gathered into a buffer of their own, which also leaves the caller's usable.
 * @throws as checkArticleInput
 */
export function packArticle(input: StoredArticleInput): PackedArticle {
  const dimensions = checkArticleInput(input);
  const { article, source, contentHash, fingerprint, titleEmbedding, taskResult, updatedAt } = input;
  const rows = input.passages.flatMap(({ embedding, sentenceEmbeddings }) => [
    embedding,
    ...sentenceEmbeddings,
  ]);
  if (titleEmbedding !== null) rows.push(titleEmbedding);
  const vectors = new Float32Array(rows.length * dimensions);
  for (const [row, vector] of rows.entries()) vectors.set(vector, row * dimensions);
  const passages = input.passages.map(({ passage }) => passage);
  const hasTitle = titleEmbedding !== null;
  return {
    article,
    source,
    contentHash,
    fingerprint,
    passages,
    dimensions,
    vectors,
    hasTitle,
    taskResult,
    updatedAt,
  };
}

/** The vectors are views of `packed.vectors`. */
export function unpackArticle(packed: PackedArticle): StoredArticleInput {
  const { article, source, contentHash, fingerprint, dimensions, vectors, taskResult, updatedAt } = packed;
  let at = 0;
  const next = (): Embedding => {
    const vector = vectors.subarray(at, at + dimensions);
    at += dimensions;
    return vector;
  };
  const passages = packed.passages.map((passage): EmbeddedPassage => {
    const embedding = next();
    const sentenceEmbeddings = passage.sentences.length > 1 ? passage.sentences.map(next) : [];
    return { passage, embedding, sentenceEmbeddings };
  });
  const titleEmbedding = packed.hasTitle ? next() : null;
  return {
    article,
    source,
    contentHash,
    fingerprint,
    passages,
    titleEmbedding,
    taskResult,
    ...(updatedAt === undefined ? {} : { updatedAt }),
  };
}
