import type { Embedding } from '../domain/embedding.js';
import type { Language } from '../domain/language.js';
import type { Centring } from '../embedding/centring.js';

/**
 * A centred question, ready to be held against the vectors of many passages.
 * What depends on the question and the centres alone is computed once here.
 */
export interface PreparedQuery {
  /** In 16 bits, shape [dimensions]: value = code × `codeScale`. Absolute values add up to less than 2²⁴ (`i8-dot-product.ts`). */
  readonly codes: Int16Array;
  readonly codeScale: number;
  /** Dot product with the mean of each kind of row; 0 where nothing is subtracted. */
  readonly withMean: Readonly<Record<RowRole, Readonly<Record<Language, number>>>>;
}

/** What a row of the ranking matrix is a vector of; titles count as sentences. */
export type RowRole = 'passage' | 'sentence';

/** @param embedding  Centred. */
export function prepareQuery(embedding: Embedding, centring: Centring): PreparedQuery {
  const withMeans = (role: RowRole) => ({
    ar: dotProduct(embedding, centring.mean('ar', role)),
    en: dotProduct(embedding, centring.mean('en', role)),
  });
  return {
    ...toCodes(embedding),
    withMean: { passage: withMeans('passage'), sentence: withMeans('sentence') },
  };
}

function dotProduct(embedding: Embedding, mean: Float32Array | null): number {
  if (mean === null) return 0;
  let sum = 0;
  for (let i = 0; i < embedding.length; i++) sum += (embedding[i] ?? 0) * (mean[i] ?? 0);
  return sum;
}

/** Changes a cosine by about 1e-5, the sentences' own 8 bits by 2e-3. */
function toCodes(embedding: Embedding): Pick<PreparedQuery, 'codes' | 'codeScale'> {
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < embedding.length; i++) {
    const size = Math.abs(embedding[i] as number);
    if (size > largest) largest = size;
    sum += size;
  }
  const codes = new Int16Array(embedding.length);
  if (largest === 0) return { codes, codeScale: 0 };
  // Rounding adds at most a half to each of the numbers that are to stay below 2²⁴ together.
  const factor = Math.min(32_767 / largest, (2 ** 24 - embedding.length) / sum);
  for (let i = 0; i < codes.length; i++) codes[i] = Math.round((embedding[i] ?? 0) * factor);
  return { codes, codeScale: 1 / factor };
}
