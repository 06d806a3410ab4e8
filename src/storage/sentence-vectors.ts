import type { Embedding } from '../domain/embedding.js';
import type { SentenceVectors } from './article-store.js';

/**
 * Keeps sentence vectors in a quarter of their space: 8 bits a number, one scale a vector.
 * Promise: each number comes back within scale / 2, which is at most max(|v|) / 254; doing it twice changes nothing.
 * @param vectors  Each of shape [dimensions]; all of one length.
 */
export function quantiseSentences(vectors: readonly Embedding[]): SentenceVectors | null {
  const first = vectors[0];
  if (first === undefined) return null;
  const dimensions = first.length;
  const codes = new Int8Array(vectors.length * dimensions);
  const scales = new Float32Array(vectors.length);
  vectors.forEach((vector, row) => {
    let largest = 0;
    for (const value of vector) largest = Math.max(largest, Math.abs(value));
    const scale = Math.fround(largest / 127);
    scales[row] = scale;
    if (scale === 0) return;
    const start = row * dimensions;
    for (let i = 0; i < dimensions; i += 1) codes[start + i] = Math.round((vector[i] ?? 0) / scale);
  });
  return { codes, scales };
}

/** One vector in the same form. */
export function quantiseVector(vector: Embedding): SentenceVectors {
  return quantiseSentences([vector]) ?? { codes: new Int8Array(0), scales: new Float32Array(0) };
}

/** The vectors again, one of shape [dimensions] a sentence. */
export function dequantiseSentences(sentences: SentenceVectors | null): Embedding[] {
  if (sentences === null) return [];
  const { codes, scales } = sentences;
  const dimensions = codes.length / scales.length;
  return Array.from(scales, (scale, row) =>
    Float32Array.from(codes.subarray(row * dimensions, (row + 1) * dimensions), (code) => code * scale),
  );
}
