import type { SentenceVectors } from '../../../src/storage/article-store.js';
import { quantiseSentences } from '../../../src/storage/sentence-vectors.js';

/** A fixed pseudo-random unit vector a seed. */
export function vectorOf(seed: number, dimensions = 16): Float32Array {
  let state = seed + 1;
  const vector = Float32Array.from({ length: dimensions }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0xffffffff - 0.5;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

export function quantised(...vectors: readonly Float32Array[]): SentenceVectors {
  return quantiseSentences(vectors)!;
}

export function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
