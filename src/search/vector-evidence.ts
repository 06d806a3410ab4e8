import type { Embedding } from '../domain/embedding.js';
import type { SentenceEvidence } from '../domain/ranked-passage.js';
import type { CandidateFeatures } from './candidate-features.js';
import type { RankingData } from './kept-candidates.js';
import type { PreparedQuery } from './prepare-query.js';

/** What the vectors of a passage and its sentences say, before it is known where these stand in the text. */
export interface VectorEvidence {
  readonly beyondTitle: number;
  /** In their order. */
  readonly sentences: ReadonlyArray<Omit<SentenceEvidence, 'start' | 'end'>>;
}

/**
 * Weighs every sentence of a candidate, where ranking has use for the best alone.
 * @param features  Of the same question and candidate.
 * @returns With vectors of its own: it stays valid when the matrix is used again
 * Cost: one dot product and one copy a sentence.
 */
export function vectorEvidence(
  query: PreparedQuery,
  features: Pick<CandidateFeatures, 'label' | 'passage' | 'title'>,
  { candidates, matrix }: RankingData,
): VectorEvidence {
  const candidate = candidates.get(features.label);
  if (candidate === undefined) return { beyondTitle: features.passage, sentences: [] };
  const { passageRow, firstSentenceRow, sentences: count, titleRow } = candidate;
  // A passage of one sentence has no second vector.
  const rows = count === 0 ? [passageRow] : Array.from({ length: count }, (_, i) => firstSentenceRow + i);
  const similarities = matrix.similarities(query, rows);
  const title =
    titleRow === null || features.title === null
      ? null
      : { vector: matrix.vector(titleRow), withQuery: features.title };
  const beyondTitle = (similarity: number, vector: Embedding) =>
    title === null
      ? similarity
      : withoutDirection({ similarity, ofQuery: title.withQuery, ofOther: dotProduct(title.vector, vector) });
  return {
    beyondTitle: beyondTitle(features.passage, matrix.vector(passageRow)),
    sentences: rows.map((row, i) => {
      const vector = matrix.vector(row);
      const similarity = similarities[i] ?? 0;
      return { similarity, beyondTitle: beyondTitle(similarity, vector), vector };
    }),
  };
}

/**
 * Cosine of two unit vectors once a direction is taken out of both.
 * @param parts  Their cosine, and that of each with the direction.
 * @returns −1…1; 0 when one of them points nowhere else
 */
function withoutDirection(parts: { similarity: number; ofQuery: number; ofOther: number }): number {
  const { similarity, ofQuery, ofOther } = parts;
  const left = (1 - ofQuery ** 2) * (1 - ofOther ** 2);
  if (left < 1e-6) return 0;
  return Math.max(-1, Math.min(1, (similarity - ofQuery * ofOther) / Math.sqrt(left)));
}

function dotProduct(a: Embedding, b: Embedding): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
