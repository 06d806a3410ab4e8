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
  for (const [row, vector] of vectors.entries()) {
    scales[row] = quantiseInto(codes.subarray(row * dimensions, (row + 1) * dimensions), vector);
  }
  return { codes, scales };
}

/**
 * By index and with `floor`, a third of what an iterator and `Math.round` take: a search reads a hundred vectors.
 * @returns The scale; 0 for a vector of zeros
 */
function quantiseInto(codes: Int8Array, vector: Embedding): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i += 1) {
    const size = Math.abs(vector[i] as number);
    if (size > largest) largest = size;
  }
  const scale = Math.fround(largest / 127);
  if (scale === 0) return 0;
  for (let i = 0; i < codes.length; i += 1) codes[i] = Math.floor((vector[i] as number) / scale + 0.5);
  return scale;
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
