import { describe, expect, it } from 'vitest';
import {
  blobToEmbedding,
  blobToSentences,
  embeddingToBlob,
  sentencesToBlob,
} from '../../../src/storage/vector-blobs.js';

/** The same bytes at an odd place of a larger buffer, as a pool may give them. */
function atOddPlace(bytes: Uint8Array): Uint8Array {
  const pool = new Uint8Array(bytes.length + 9);
  pool.set(bytes, 3);
  return pool.subarray(3, 3 + bytes.length);
}

describe('vectors as blobs', () => {
  const embedding = Float32Array.of(0.25, -1, 3.5e-9);

  it('are little-endian f32', () => {
    expect(embeddingToBlob(Float32Array.of(1))).toEqual(Uint8Array.of(0, 0, 0x80, 0x3f));
  });

  it('come back the same, wherever the blob begins', () => {
    const blob = embeddingToBlob(embedding);
    expect(blobToEmbedding(blob)).toEqual(embedding);
    expect(blobToEmbedding(atOddPlace(blob))).toEqual(embedding);
  });

  it('take a view for what it is, not for its whole buffer', () => {
    const batch = Float32Array.of(9, 9, 0.25, -1, 3.5e-9, 9);
    expect(blobToEmbedding(embeddingToBlob(batch.subarray(2, 5)))).toEqual(embedding);
  });

  it('hold sentences as scales, then codes', () => {
    const sentences = { scales: Float32Array.of(0.5, 2), codes: Int8Array.of(1, -127, 3, 4, 5, 127) };
    const blob = sentencesToBlob(sentences);
    expect(blob).toHaveLength(14);
    expect(blobToSentences(blob, 3)).toEqual(sentences);
    expect(blobToSentences(atOddPlace(blob), 3)).toEqual(sentences);
  });
});
