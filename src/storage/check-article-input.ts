import type { Embedding } from '../domain/embedding.js';
import { FihristError } from '../domain/errors.js';
import type { StoredArticleInput } from './article-store.js';

/**
 * Refuses an article whose vectors could not be used later, before anything of it is stored.
 * @returns Numbers in a vector; 0 for an article without passages.
 * @throws VECTOR_DIMENSION_MISMATCH, VECTOR_NOT_FINITE (bug); INTERNAL (bug) when sentences and vectors do not pair up
 */
export function checkArticleInput(input: StoredArticleInput): number {
  const dimensions = (input.passages[0]?.embedding ?? input.titleEmbedding)?.length ?? 0;
  if (input.titleEmbedding !== null)
    checkVector(input.titleEmbedding, dimensions, `The title of ${input.article.id}`);
  for (const { passage, embedding, sentenceEmbeddings } of input.passages) {
    for (const vector of [embedding, ...sentenceEmbeddings])
      checkVector(vector, dimensions, `Passage ${passage.id}`);
    const sentences = passage.sentences.length;
    const expected = sentences > 1 ? sentences : 0;
    if (sentenceEmbeddings.length !== expected) {
      throw new FihristError(
        'INTERNAL',
        `Passage ${passage.id} has ${sentences} sentences and ${sentenceEmbeddings.length} sentence vectors; ${expected} expected.`,
        { details: { passageId: passage.id, sentences, vectors: sentenceEmbeddings.length } },
      );
    }
  }
  return dimensions;
}

function checkVector(vector: Embedding, dimensions: number, owner: string): void {
  if (vector.length !== dimensions || dimensions === 0) {
    throw new FihristError(
      'VECTOR_DIMENSION_MISMATCH',
      `${owner} has a vector of ${vector.length} numbers; its article's first has ${dimensions}.`,
      { details: { owner, length: vector.length, dimensions } },
    );
  }
  if (!vector.every(Number.isFinite)) {
    throw new FihristError('VECTOR_NOT_FINITE', `${owner} has a vector that is not finite.`, {
      details: { owner },
    });
  }
}
