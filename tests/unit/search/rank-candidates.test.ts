import { describe, expect, it } from 'vitest';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import type { CandidateRows, RankingVectors } from '../../../src/search/candidate-vectors.js';
import { prepareQuery } from '../../../src/search/prepare-query.js';
import { rankCandidates } from '../../../src/search/rank-candidates.js';
import { SentenceMatrix } from '../../../src/search/sentence-matrix.js';
import { quantised, vectorOf } from './random-vectors.js';

/** By label: the vectors of a passage's sentences (none when it is one sentence) and of its title. */
function vectorsOf(
  passages: Record<number, { sentences?: Float32Array[]; title?: Float32Array }>,
): RankingVectors {
  const matrix = new SentenceMatrix(16, NO_CENTRING);
  const candidates = new Map<number, CandidateRows>();
  for (const [label, { sentences, title }] of Object.entries(passages)) {
    candidates.set(Number(label), {
      firstRow: sentences === undefined ? 0 : matrix.add(quantised(...sentences), 'en'),
      sentences: sentences?.length ?? 0,
      titleRow: title === undefined ? null : matrix.add(quantised(title), 'en'),
    });
  }
  return { candidates, matrix };
}

describe('rankCandidates', () => {
  const raw = vectorOf(1);
  const query = prepareQuery(raw, NO_CENTRING);

  it('lifts a passage whose sentence answers above one that is only near', () => {
    const ranked = rankCandidates(
      query,
      [
        { label: 1, similarity: 0.6 },
        { label: 2, similarity: 0.5 },
      ],
      vectorsOf({ 1: { sentences: [vectorOf(7), vectorOf(8)] }, 2: { sentences: [vectorOf(9), raw] } }),
    );
    expect(ranked.map((candidate) => candidate.label)).toEqual([2, 1]);
    expect(ranked[0]).toMatchObject({ sentenceIndex: 1 });
    expect(ranked[0]!.score).toBeCloseTo(0.75, 2);
  });

  it('takes the earlier of two equal sentences', () => {
    const vectors = vectorsOf({ 1: { sentences: [vectorOf(7), raw, raw] } });
    expect(rankCandidates(query, [{ label: 1, similarity: 0.5 }], vectors)[0]!.sentenceIndex).toBe(1);
  });

  it('finds the best sentence also where all point away', () => {
    const away = raw.map((value) => -value);
    const vectors = vectorsOf({ 1: { sentences: [away, vectorOf(7)] } });
    expect(rankCandidates(query, [{ label: 1, similarity: -0.5 }], vectors)[0]!.sentenceIndex).toBe(1);
  });

  it('lets a passage of one sentence stand for its sentence', () => {
    expect(rankCandidates(query, [{ label: 1, similarity: 0.42 }], vectorsOf({ 1: {} }))).toEqual([
      { label: 1, score: 0.42, sentenceIndex: 0 },
    ]);
  });

  it('lifts a passage whose title is about the question, and leaves one without a title as it is', () => {
    const candidates = [1, 2, 3].map((label) => ({ label, similarity: 0.5 }));
    const vectors = vectorsOf({ 1: { title: vectorOf(9) }, 2: { title: raw }, 3: {} });
    const ranked = rankCandidates(query, candidates, vectors);
    expect(ranked[0]?.label).toBe(2);
    expect(ranked.find((candidate) => candidate.label === 3)?.score).toBe(0.5);
  });

  it('never mixes up the sentences and titles of passages that stand side by side', () => {
    const passages = {
      1: { sentences: [vectorOf(2), vectorOf(3), vectorOf(4)], title: vectorOf(5) },
      2: { title: vectorOf(6) },
      3: { sentences: [vectorOf(7), vectorOf(8)] },
      4: { sentences: [vectorOf(9), raw], title: vectorOf(10) },
    };
    const together = rankCandidates(
      query,
      [4, 2, 9, 1, 3].map((label) => ({ label, similarity: 0.1 * label })),
      vectorsOf(passages),
    );
    for (const label of [1, 2, 3, 4] as const) {
      const vectors = vectorsOf({ [label]: passages[label] });
      const alone = rankCandidates(query, [{ label, similarity: 0.1 * label }], vectors);
      expect(together.find((candidate) => candidate.label === label)).toEqual(alone[0]);
    }
  });

  it('puts ties in the order of labels and leaves out what was removed meanwhile', () => {
    const candidates = [9, 3, 5].map((label) => ({ label, similarity: 0.5 }));
    const ranked = rankCandidates(query, candidates, vectorsOf({ 9: {}, 5: {} }));
    expect(ranked.map((candidate) => candidate.label)).toEqual([5, 9]);
  });
});
