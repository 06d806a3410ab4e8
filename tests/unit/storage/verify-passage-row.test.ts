import { describe, expect, it } from 'vitest';
import { embeddingToBlob, sentencesToBlob } from '../../../src/storage/vector-blobs.js';
import { checkPassageRow, type VerifiedPassageRow } from '../../../src/storage/verify-passage-row.js';

const sentences = sentencesToBlob({ scales: Float32Array.of(1, 1), codes: new Int8Array(4) });

const title = sentencesToBlob({ scales: Float32Array.of(1), codes: new Int8Array(2) });

const WHOLE: VerifiedPassageRow = {
  label: 1,
  id: 'a:1',
  text: 'One. Two.',
  spans: '[0,4,5,9]',
  sentence_count: 2,
  dimensions: 2,
  embedding: embeddingToBlob(Float32Array.of(0.6, 0.8)),
  sentence_vectors: sentences,
  title: 'Title',
  title_vector: title,
};

describe('verifying one passage', () => {
  it('finds nothing wrong with a whole one', () => {
    expect(checkPassageRow(WHOLE)).toEqual({ problems: [], sentences: 2, vectors: 4 });
    const single = { ...WHOLE, spans: '[0,9]', sentence_count: 1, sentence_vectors: null };
    expect(checkPassageRow(single)).toEqual({ problems: [], sentences: 1, vectors: 2 });
    const untitled = { ...single, title: '…', title_vector: null };
    expect(checkPassageRow(untitled)).toEqual({ problems: [], sentences: 1, vectors: 1 });
  });

  it.each<[string, Partial<VerifiedPassageRow>]>([
    ['vector-length-wrong', { embedding: embeddingToBlob(Float32Array.of(1)) }],
    ['vector-not-finite', { embedding: embeddingToBlob(Float32Array.of(Number.NaN, 1)) }],
    ['vector-not-unit-length', { embedding: embeddingToBlob(Float32Array.of(0.6, 0.7)) }],
    ['sentence-spans-unreadable', { spans: '[0,4,5' }],
    ['sentence-spans-unreadable', { spans: '[0,4,5]' }],
    ['sentence-span-outside-text', { spans: '[0,4,5,10]' }],
    ['sentence-span-outside-text', { spans: '[0,4,9,9]' }],
    ['sentence-spans-not-rising', { spans: '[0,4,3,9]' }],
    ['sentence-count-wrong', { sentence_count: 3 }],
    ['sentence-vector-count-wrong', { sentence_vectors: null }],
    ['sentence-vector-count-wrong', { sentence_vectors: sentences.subarray(1) }],
    [
      'sentence-vector-not-finite',
      {
        sentence_vectors: sentencesToBlob({
          scales: Float32Array.of(1, Number.POSITIVE_INFINITY),
          codes: new Int8Array(4),
        }),
      },
    ],
    ['title-vector-missing', { title_vector: null }],
    ['title-vector-unexpected', { title: '' }],
    ['title-vector-length-wrong', { title_vector: title.subarray(1) }],
    [
      'title-vector-not-finite',
      { title_vector: sentencesToBlob({ scales: Float32Array.of(Number.NaN), codes: new Int8Array(2) }) },
    ],
  ])('names %s', (name, change) => {
    expect(checkPassageRow({ ...WHOLE, ...change }).problems).toEqual([name]);
  });

  it('names a passage without sentences', () => {
    const none = { ...WHOLE, spans: '[]', sentence_count: 0, sentence_vectors: null };
    expect(checkPassageRow(none).problems).toEqual(['sentence-spans-missing']);
  });
});
