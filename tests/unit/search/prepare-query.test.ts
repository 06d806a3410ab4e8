import { describe, expect, it } from 'vitest';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { prepareQuery } from '../../../src/search/prepare-query.js';
import { vectorOf } from './random-vectors.js';

const even = (dimensions: number) => new Float32Array(dimensions).fill(1 / Math.sqrt(dimensions));
const single = (dimensions: number) =>
  Float32Array.from({ length: dimensions }, (_, i) => (i === 3 ? -1 : 0));

describe('prepareQuery', () => {
  it.each([16, 384, 1_024, 8_192])(
    'keeps a question in 16 bits that cannot overflow (%i dimensions)',
    (dimensions) => {
      for (const vector of [even(dimensions), single(dimensions), vectorOf(7, dimensions)]) {
        const { codes, codeScale } = prepareQuery(vector, NO_CENTRING);
        expect(codes.reduce((sum, code) => sum + Math.abs(code), 0)).toBeLessThan(2 ** 24);
        const errors = vector.map((value, i) => Math.abs(value - codes[i]! * codeScale));
        expect(Math.max(...errors)).toBeLessThan(5e-5);
      }
    },
  );

  it('gives a vector of zeros the codes of zeros', () => {
    const { codes, codeScale } = prepareQuery(new Float32Array(16), NO_CENTRING);
    expect([...codes]).toEqual(Array(16).fill(0));
    expect(codeScale).toBe(0);
  });
});
