import { describe, expect, it } from 'vitest';
import { type Centring, centre, NO_CENTRING } from '../../../src/embedding/centring.js';
import type { Candidate } from '../../../src/search/kept-candidates.js';
import { passageCosines } from '../../../src/search/passage-cosines.js';
import { RankingMatrix } from '../../../src/search/ranking-matrix.js';
import { passageTerms } from '../../../src/text/passage-terms.js';
import { rankingDataOf } from './candidate-sketches.js';
import { dot, quantised, vectorOf } from './random-vectors.js';

describe('passageCosines', () => {
  it('tells how near passages are to one, in the order asked, whatever their sentences', () => {
    const data = rankingDataOf({
      1: { passage: vectorOf(1) },
      2: { passage: vectorOf(2), sentences: [vectorOf(1), vectorOf(1)] },
      3: { passage: vectorOf(1), title: vectorOf(9) },
    });
    const cosines = passageCosines(data, NO_CENTRING)(1, [3, 2]);
    expect(cosines).toHaveLength(2);
    expect(cosines[0]).toBeCloseTo(1, 3);
    expect(cosines[1]).toBeCloseTo(dot(vectorOf(1), vectorOf(2)), 2);
  });

  it('says 0 of passages that are gone, and of all when the one is gone', () => {
    const data = rankingDataOf({ 1: { passage: vectorOf(1) }, 2: { passage: vectorOf(1) } });
    const [gone, there] = Array.from(passageCosines(data, NO_CENTRING)(1, [77, 2]));
    expect(gone).toBe(0);
    expect(there).toBeCloseTo(1, 3);
    expect(Array.from(passageCosines(data, NO_CENTRING)(77, [1, 2]))).toEqual([0, 0]);
  });

  it('compares centred vectors, each by the mean of its language', () => {
    const centring: Centring = {
      id: 'test',
      mean: (language, role) => vectorOf((language === 'ar' ? 50 : 90) + role.length),
    };
    const matrix = new RankingMatrix(16, centring);
    const candidate = (seed: number, language: 'ar' | 'en'): Candidate => ({
      articleNumber: seed,
      language,
      terms: passageTerms('', ''),
      passageRow: matrix.add(quantised(vectorOf(seed)), language, 'passage'),
      firstSentenceRow: matrix.size,
      sentences: 0,
      titleRow: null,
    });
    const candidates = new Map([
      [1, candidate(1, 'ar')],
      [2, candidate(2, 'en')],
    ]);
    const [cosine] = Array.from(passageCosines({ candidates, matrix }, centring)(1, [2]));
    const exact = dot(
      centre(vectorOf(1), centring.mean('ar', 'passage')),
      centre(vectorOf(2), centring.mean('en', 'passage')),
    );
    expect(cosine).toBeCloseTo(exact, 2);
  });
});
