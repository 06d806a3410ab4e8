import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelFilter } from '../../../src/vector-index/label-filter.js';

describe('a label filter', () => {
  it('has what it was given, in any order and however often', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60)), (labels) => {
        const filter = new LabelFilter(Uint32Array.from(labels));
        const set = new Set(labels);
        expect(filter.size).toBe(set.size);
        expect([...filter.labels]).toEqual([...set].sort((a, b) => a - b));
        for (let label = 0; label <= 61; label += 1) expect(filter.has(label)).toBe(set.has(label));
      }),
    );
  });

  it('uses rising labels as they are', () => {
    const labels = Uint32Array.of(1, 2, 4_294_967_295);
    expect(new LabelFilter(labels).labels).toBe(labels);
  });
});
