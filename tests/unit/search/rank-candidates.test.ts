import { describe, expect, it } from 'vitest';
import { type Centring, centre, NO_CENTRING } from '../../../src/embedding/centring.js';
import {
  CandidateVectors,
  type PreparedCandidate,
  prepareRows,
} from '../../../src/search/candidate-vectors.js';
import { bestSentence, prepareQuery } from '../../../src/search/dense-score.js';
import { rankCandidates } from '../../../src/search/rank-candidates.js';
import type { SentenceVectors } from '../../../src/storage/article-store.js';

const DIMENSIONS = 16;

/** A fixed pseudo-random unit vector a seed. */
function vectorOf(seed: number): Float32Array {
  let state = seed + 1;
  const vector = Float32Array.from({ length: DIMENSIONS }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0xffffffff - 0.5;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function quantised(vectors: readonly Float32Array[]): SentenceVectors {
  const scales = Float32Array.from(vectors, (vector) => Math.max(...vector.map(Math.abs)) / 127);
  const codes = new Int8Array(vectors.length * DIMENSIONS);
  for (const [row, vector] of vectors.entries()) {
    for (const [i, value] of vector.entries())
      codes[row * DIMENSIONS + i] = Math.round(value / (scales[row] ?? 1));
  }
  return { codes, scales };
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const mean = vectorOf(99).map((value) => value * 0.6);
const centring: Centring = { id: 'test', mean: () => mean };
const row = (label: number, sentences: SentenceVectors | null, title: SentenceVectors | null = null) =>
  [
    label,
    { language: 'en', sentences: prepareRows(sentences, null), title: prepareRows(title, null) },
  ] as const;
const vectorsOf = (...rows: ReadonlyArray<readonly [number, PreparedCandidate]>) => new Map(rows);

function prepared(vectors: readonly Float32Array[], subtracted: Float32Array | null = null) {
  return prepareRows(quantised(vectors), subtracted)!;
}

describe('bestSentence', () => {
  it('finds the cosine of the centred vectors within the error of 8 bits', () => {
    const raw = vectorOf(1);
    const sentences = [vectorOf(2), vectorOf(3), vectorOf(4)];
    const query = prepareQuery(raw, 'ar', centring);
    const exact = sentences.map((sentence) => dot(centre(sentence, mean), centre(raw, mean)));
    const best = bestSentence(query, 'en', prepared(sentences, mean));
    expect(best.index).toBe(exact.indexOf(Math.max(...exact)));
    expect(best.similarity).toBeCloseTo(Math.max(...exact), 2);
  });

  it('needs no centres', () => {
    const raw = vectorOf(1);
    const best = bestSentence(prepareQuery(raw, 'en', NO_CENTRING), 'en', prepared([vectorOf(5), raw]));
    expect(best.index).toBe(1);
    expect(best.similarity).toBeCloseTo(1, 2);
  });

  it('takes the earlier of two equal sentences', () => {
    const raw = vectorOf(1);
    expect(bestSentence(prepareQuery(raw, 'en', NO_CENTRING), 'en', prepared([raw, raw])).index).toBe(0);
  });
});

describe('rankCandidates', () => {
  const raw = vectorOf(1);
  const query = prepareQuery(raw, 'en', NO_CENTRING);

  it('lifts a passage whose sentence answers above one that is only near', () => {
    const ranked = rankCandidates(
      query,
      [
        { label: 1, similarity: 0.6 },
        { label: 2, similarity: 0.5 },
      ],
      vectorsOf(row(1, quantised([vectorOf(7), vectorOf(8)])), row(2, quantised([vectorOf(9), raw]))),
    );
    expect(ranked.map((candidate) => candidate.label)).toEqual([2, 1]);
    expect(ranked[0]).toMatchObject({ sentenceIndex: 1 });
  });

  it('lets a passage of one sentence stand for its sentence', () => {
    expect(rankCandidates(query, [{ label: 1, similarity: 0.42 }], vectorsOf(row(1, null)))).toEqual([
      { label: 1, score: 0.42, sentenceIndex: 0 },
    ]);
  });

  it('lifts a passage whose title is about the question, and leaves one without a title as it is', () => {
    const candidates = [1, 2, 3].map((label) => ({ label, similarity: 0.5 }));
    const rows = vectorsOf(
      row(1, null, quantised([vectorOf(9)])),
      row(2, null, quantised([raw])),
      row(3, null),
    );
    const ranked = rankCandidates(query, candidates, rows);
    expect(ranked[0]?.label).toBe(2);
    expect(ranked.find((candidate) => candidate.label === 3)?.score).toBe(0.5);
  });

  it('puts ties in the order of labels and leaves out what was removed meanwhile', () => {
    const candidates = [9, 3, 5].map((label) => ({ label, similarity: 0.5 }));
    const ranked = rankCandidates(query, candidates, vectorsOf(row(9, null), row(5, null)));
    expect(ranked.map((candidate) => candidate.label)).toEqual([5, 9]);
  });
});

describe('CandidateVectors', () => {
  const store = () => {
    const asked: number[][] = [];
    return {
      asked,
      rankingRows: async (labels: readonly number[]) => {
        asked.push([...labels]);
        return labels
          .filter((label) => label < 100)
          .map((label) => ({ label, language: 'en' as const, sentences: null, title: null }));
      },
    };
  };

  it('reads each candidate once as long as nothing changes', async () => {
    const rows = store();
    const vectors = new CandidateVectors(rows, NO_CENTRING);
    await vectors.of([1, 2], 7);
    expect([...(await vectors.of([2, 3, 999], 7)).keys()].sort()).toEqual([1, 2, 3]);
    expect(rows.asked).toEqual([
      [1, 2],
      [3, 999],
    ]);
  });

  it('forgets what it kept when the store has changed', async () => {
    const rows = store();
    const vectors = new CandidateVectors(rows, NO_CENTRING);
    await vectors.of([1], 7);
    await vectors.of([1], 8);
    expect(rows.asked).toEqual([[1], [1]]);
  });
});
