import { describe, expect, it } from 'vitest';
import { type Centring, centre, NO_CENTRING } from '../../../src/embedding/centring.js';
import { prepareQuery } from '../../../src/search/prepare-query.js';
import { SentenceMatrix } from '../../../src/search/sentence-matrix.js';
import { dequantiseSentences } from '../../../src/storage/sentence-vectors.js';
import { dot, quantised, vectorOf } from './random-vectors.js';

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A mean of its own for each language and role. */
const centringOf = (dimensions: number): Centring => ({
  id: 'test',
  mean: (language, role) =>
    vectorOf((language === 'ar' ? 100 : 200) + role.length, dimensions).map((value) => value * 0.6),
});

describe('SentenceMatrix', () => {
  it.each([16, 64, 100, 384, 768, 1_024])(
    'finds the cosines of the centred vectors (%i dimensions)',
    (dimensions) => {
      const centring = centringOf(dimensions);
      const matrix = new SentenceMatrix(dimensions, centring);
      const raw = vectorOf(1, dimensions);
      const vectors = range(40).map((i) => vectorOf(i + 2, dimensions));
      const languages = ['ar', 'en'] as const;
      const rows = languages.flatMap((language) => {
        const first = matrix.add(quantised(...vectors), language);
        return vectors.map((_, i) => first + i);
      });
      const exact = (sentences: readonly Float32Array[]) =>
        languages.flatMap((language) =>
          sentences.map((sentence) =>
            dot(
              centre(sentence, centring.mean(language, 'sentence')),
              centre(raw, centring.mean('ar', 'query')),
            ),
          ),
        );
      const found = matrix.similarities(
        prepareQuery(centre(raw, centring.mean('ar', 'query')), centring),
        rows,
      );
      const asStored = exact(dequantiseSentences(quantised(...vectors)));
      const asWritten = exact(vectors);
      for (const [i, similarity] of found.entries()) {
        expect(similarity).toBeCloseTo(asStored[i]!, 4);
        expect(similarity).toBeCloseTo(asWritten[i]!, 1);
      }
    },
  );

  it('needs no centres', () => {
    const matrix = new SentenceMatrix(16, NO_CENTRING);
    const raw = vectorOf(1);
    matrix.add(quantised(vectorOf(5), raw), 'en');
    const [, same] = matrix.similarities(prepareQuery(raw, NO_CENTRING), [0, 1]);
    expect(same).toBeCloseTo(1, 2);
  });

  it('answers for any rows in any order, also after it has grown', () => {
    const matrix = new SentenceMatrix(16, NO_CENTRING);
    const query = prepareQuery(vectorOf(1), NO_CENTRING);
    for (const i of range(3_000)) expect(matrix.add(quantised(vectorOf(i)), 'en')).toBe(i);
    const all = matrix.similarities(query, range(3_000));
    expect([...matrix.similarities(query, [2_999, 7, 7])]).toEqual([all[2_999], all[7], all[7]]);
    expect(all[7]).toBeCloseTo(dot(vectorOf(7), vectorOf(1)), 1);
    expect(all[2_999]).toBeCloseTo(dot(vectorOf(2_999), vectorOf(1)), 1);
  });

  it('uses the rows again when it was cleared', () => {
    const matrix = new SentenceMatrix(16, NO_CENTRING);
    const raw = vectorOf(1);
    matrix.add(quantised(vectorOf(2), vectorOf(3)), 'en');
    matrix.clear();
    expect(matrix.size).toBe(0);
    expect(matrix.add(quantised(raw), 'en')).toBe(0);
    expect(matrix.similarities(prepareQuery(raw, NO_CENTRING), [0])[0]).toBeCloseTo(1, 2);
  });

  it('takes a vector of zeros for one that is like nothing', () => {
    const matrix = new SentenceMatrix(16, NO_CENTRING);
    matrix.add(quantised(new Float32Array(16)), 'ar');
    expect([...matrix.similarities(prepareQuery(vectorOf(1), NO_CENTRING), [0])]).toEqual([0]);
    const nothing = {
      ...prepareQuery(vectorOf(1), NO_CENTRING),
      codes: new Int16Array(16),
      codeScale: 0,
    };
    expect(matrix.similarities(nothing, [0])[0]).toBe(0);
  });

  it('refuses vectors of another length', () => {
    const matrix = new SentenceMatrix(32, NO_CENTRING);
    expect(() => matrix.add(quantised(vectorOf(1)), 'en')).toThrow('dimensions');
  });
});
