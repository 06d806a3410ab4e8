import { describe, expect, it } from 'vitest';
import { type Centring, centre, NO_CENTRING } from '../../../src/embedding/centring.js';
import { prepareQuery } from '../../../src/search/prepare-query.js';
import { RankingMatrix } from '../../../src/search/ranking-matrix.js';
import { dequantiseSentences } from '../../../src/storage/sentence-vectors.js';
import { dot, quantised, vectorOf } from './random-vectors.js';

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

const KINDS = (['passage', 'sentence'] as const).flatMap((role) =>
  (['ar', 'en'] as const).map((language) => ({ language, role })),
);

/** A mean of its own for each language and role. */
const centringOf = (dimensions: number): Centring => ({
  id: 'test',
  mean: (language, role) =>
    vectorOf((language === 'ar' ? 100 : 200) + role.length, dimensions).map((value) => value * 0.6),
});

describe('RankingMatrix', () => {
  it.each([16, 64, 100, 384, 768, 1_024])(
    'finds the cosines of the centred vectors, by the mean of each language and role (%i dimensions)',
    (dimensions) => {
      const centring = centringOf(dimensions);
      const matrix = new RankingMatrix(dimensions, centring);
      const raw = vectorOf(1, dimensions);
      const vectors = range(40).map((i) => vectorOf(i + 2, dimensions));
      const rows = KINDS.flatMap(({ language, role }) => {
        const first = matrix.add(quantised(...vectors), language, role);
        return vectors.map((_, i) => first + i);
      });
      const query = centre(raw, centring.mean('ar', 'query'));
      const exact = (originals: readonly Float32Array[]) =>
        KINDS.flatMap(({ language, role }) =>
          originals.map((vector) => dot(centre(vector, centring.mean(language, role)), query)),
        );
      const found = matrix.similarities(prepareQuery(query, centring), rows);
      const asStored = exact(dequantiseSentences(quantised(...vectors)));
      const asWritten = exact(vectors);
      for (const [i, similarity] of found.entries()) {
        expect(similarity).toBeCloseTo(asStored[i]!, 4);
        expect(similarity).toBeCloseTo(asWritten[i]!, 1);
      }
    },
  );

  it('gives back each centred vector, of unit length', () => {
    const centring = centringOf(100);
    const matrix = new RankingMatrix(100, centring);
    for (const { language, role } of KINDS) {
      const row = matrix.add(quantised(vectorOf(9, 100)), language, role);
      const vector = matrix.vector(row);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      const [stored] = dequantiseSentences(quantised(vectorOf(9, 100)));
      expect(dot(vector, centre(stored!, centring.mean(language, role)))).toBeCloseTo(1, 5);
    }
  });

  it('gives zeros for a vector of zeros that nothing is subtracted from', () => {
    const matrix = new RankingMatrix(16, NO_CENTRING);
    matrix.add(quantised(new Float32Array(16)), 'ar', 'passage');
    expect([...matrix.vector(0)]).toEqual(Array(16).fill(0));
  });

  it('needs no centres', () => {
    const matrix = new RankingMatrix(16, NO_CENTRING);
    const raw = vectorOf(1);
    matrix.add(quantised(vectorOf(5), raw), 'en', 'sentence');
    const [, same] = matrix.similarities(prepareQuery(raw, NO_CENTRING), [0, 1]);
    expect(same).toBeCloseTo(1, 2);
  });

  it('answers for any rows in any order, also after it has grown', () => {
    const matrix = new RankingMatrix(16, NO_CENTRING);
    const query = prepareQuery(vectorOf(1), NO_CENTRING);
    for (const i of range(3_000)) expect(matrix.add(quantised(vectorOf(i)), 'en', 'sentence')).toBe(i);
    const all = matrix.similarities(query, range(3_000));
    expect([...matrix.similarities(query, [2_999, 7, 7])]).toEqual([all[2_999], all[7], all[7]]);
    expect(all[7]).toBeCloseTo(dot(vectorOf(7), vectorOf(1)), 1);
    expect(all[2_999]).toBeCloseTo(dot(vectorOf(2_999), vectorOf(1)), 1);
  });

  it('uses the rows again when it was cleared', () => {
    const matrix = new RankingMatrix(16, NO_CENTRING);
    const raw = vectorOf(1);
    matrix.add(quantised(vectorOf(2), vectorOf(3)), 'en', 'sentence');
    matrix.clear();
    expect(matrix.size).toBe(0);
    expect(matrix.add(quantised(raw), 'en', 'sentence')).toBe(0);
    expect(matrix.similarities(prepareQuery(raw, NO_CENTRING), [0])[0]).toBeCloseTo(1, 2);
  });

  it('has room again for as many as there were when it has given all back', () => {
    const matrix = new RankingMatrix(16, NO_CENTRING);
    const vectors = range(3_000).map((i) => vectorOf(i));
    matrix.add(quantised(...vectors), 'en', 'sentence');
    matrix.release();
    expect(matrix.size).toBe(0);
    expect(matrix.add(quantised(...vectors), 'en', 'sentence')).toBe(0);
    const query = prepareQuery(vectorOf(2_999), NO_CENTRING);
    expect(matrix.similarities(query, [2_999])[0]).toBeCloseTo(1, 2);
  });

  it('takes a vector of zeros for one that is like nothing', () => {
    const matrix = new RankingMatrix(16, NO_CENTRING);
    matrix.add(quantised(new Float32Array(16)), 'ar', 'sentence');
    expect([...matrix.similarities(prepareQuery(vectorOf(1), NO_CENTRING), [0])]).toEqual([0]);
    const nothing = {
      ...prepareQuery(vectorOf(1), NO_CENTRING),
      codes: new Int16Array(16),
      codeScale: 0,
    };
    expect(matrix.similarities(nothing, [0])[0]).toBe(0);
  });

  it('refuses vectors of another length', () => {
    const matrix = new RankingMatrix(32, NO_CENTRING);
    expect(() => matrix.add(quantised(vectorOf(1)), 'en', 'sentence')).toThrow('dimensions');
  });
});
