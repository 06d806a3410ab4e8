import type { Embedding } from '../domain/embedding.js';
import type { SentenceVectors } from './article-store.js';

// Typed arrays are read and written in the machine's byte order; the file's is little-endian, as is every platform
// that the program runs on (x64, arm64).

/** Bytes of one vector as they lie in the database: little-endian f32 [dimensions]. Shares memory with it. */
export function embeddingToBlob(embedding: Embedding): Uint8Array {
  return new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength);
}

/**
 * A vector of its own from a blob that a statement returned. Shares the blob's memory, which nobody else has; copies
 * where the blob starts at a byte at which a Float32Array may not.
 */
export function blobToEmbedding(blob: Uint8Array): Embedding {
  const { buffer, byteOffset } = alignedBytes(blob);
  return new Float32Array(buffer, byteOffset, blob.byteLength >> 2);
}

/** f32 scales [count], then int8 codes [count × dimensions]. */
export function sentencesToBlob(sentences: SentenceVectors): Uint8Array {
  const { codes, scales } = sentences;
  const blob = new Uint8Array(scales.byteLength + codes.byteLength);
  blob.set(new Uint8Array(scales.buffer, scales.byteOffset, scales.byteLength), 0);
  blob.set(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength), scales.byteLength);
  return blob;
}

/** @param dimensions  Of the passage's vector; the count of sentences follows from the blob's length. */
export function blobToSentences(blob: Uint8Array, dimensions: number): SentenceVectors {
  const count = Math.floor(blob.byteLength / (dimensions + 4));
  const { buffer, byteOffset } = alignedBytes(blob);
  return {
    scales: new Float32Array(buffer, byteOffset, count),
    codes: new Int8Array(buffer, byteOffset + count * 4, count * dimensions),
  };
}

/** The same bytes at a place where typed arrays of 4-byte numbers may start; copied only when they are not. */
export function alignedBytes(blob: Uint8Array): Uint8Array {
  return blob.byteOffset % 4 === 0 ? blob : Uint8Array.from(blob);
}
