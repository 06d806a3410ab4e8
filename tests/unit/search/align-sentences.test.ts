import { describe, expect, it } from 'vitest';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { alignSentences } from '../../../src/search/align-sentences.js';
import { prepareQuery } from '../../../src/search/prepare-query.js';
import { RankingMatrix } from '../../../src/search/ranking-matrix.js';
import { dot, quantised, vectorOf } from './random-vectors.js';

function align(passage: readonly number[], candidate: readonly number[]): number | null {
  const matrix = new RankingMatrix(16, NO_CENTRING);
  matrix.add(quantised(vectorOf(99), vectorOf(98)), 'en', 'sentence');
  const firstSentenceRow =
    candidate.length === 0
      ? 0
      : matrix.add(quantised(...candidate.map((seed) => vectorOf(seed))), 'en', 'sentence');
  matrix.add(quantised(...passage.map((seed) => vectorOf(seed))), 'en', 'sentence');
  const sentences = passage.map((seed) => prepareQuery(vectorOf(seed), NO_CENTRING));
  return alignSentences(sentences, { firstSentenceRow, sentences: candidate.length }, matrix);
}

describe('alignSentences', () => {
  it('is 1 when every sentence has its like, in whatever order', () => {
    expect(align([1, 2, 3], [3, 1, 2])).toBeCloseTo(1, 2);
  });

  it('takes the nearest of each sentence, in both directions', () => {
    const cosine = (a: number, b: number) => dot(vectorOf(a), vectorOf(b));
    const nearest = (seed: number, others: readonly number[]) =>
      Math.max(...others.map((other) => cosine(seed, other)));
    const there = (nearest(1, [1, 3, 4]) + nearest(2, [1, 3, 4])) / 2;
    const back = (nearest(1, [1, 2]) + nearest(3, [1, 2]) + nearest(4, [1, 2])) / 3;
    expect(align([1, 2], [1, 3, 4])).toBeCloseTo((there + back) / 2, 2);
  });

  it('is lower for a passage that has more to say than for one that says the same', () => {
    expect(align([1, 2], [1, 2, 5, 6])!).toBeLessThan(align([1, 2], [1, 2])!);
    expect(align([1, 2, 5, 6], [1, 2])!).toBeLessThan(align([1, 2], [1, 2])!);
  });

  it('is not known of a candidate without sentence vectors', () => {
    expect(align([1, 2], [])).toBeNull();
  });
});
