import { describe, expect, it } from 'vitest';
import { checkEntries, checkLabel, checkVector } from '../../../src/vector-index/check-vector.js';

describe('checking before native code', () => {
  it('passes finite vectors of the right length, also extreme ones', () => {
    expect(() => checkVector(Float32Array.of(3.4e38, -3.4e38, 1e-45, 0), 4)).not.toThrow();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'names %s and its place',
    (value) => {
      expect(() => checkVector(Float32Array.of(0, 1, value), 3)).toThrow(
        `Number 2 of the vector is ${value}`,
      );
    },
  );

  it('names both lengths', () => {
    expect(() => checkVector(new Float32Array(2), 3)).toThrow('The vector has 2 numbers; the index has 3.');
  });

  it.each([0, 1, 4_294_967_295])('passes label %s', (label) => {
    expect(() => checkLabel(label)).not.toThrow();
  });

  it.each([-1, 0.5, 4_294_967_296, Number.NaN, Number.POSITIVE_INFINITY])('refuses label %s', (label) => {
    expect(() => checkLabel(label)).toThrow(`Label ${label} is not an integer from 0 to 4294967295.`);
  });

  it('checks every entry', () => {
    const good = { label: 1, vector: new Float32Array(2) };
    expect(() => checkEntries([good, { label: -1, vector: new Float32Array(2) }], 2)).toThrow('Label -1');
  });
});
