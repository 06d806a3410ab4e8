import { describe, expect, it } from 'vitest';
import { NearVectors, SMALL_SIZE } from '../../../src/vector-index/near-vectors.js';

const DIMENSIONS = 4;
/** Points the more away from the first axis the higher the label. */
const entry = (label: number) => ({ label, vector: Float32Array.of(1, label / 10, 0, 0) });
const entries = (count: number) => Array.from({ length: count }, (_, label) => entry(label));
const QUERY = Float32Array.of(3, 0, 0, 0);

describe('NearVectors', () => {
  it('finds the nearest of all, and of some', () => {
    const near = new NearVectors(DIMENSIONS, entries(5));
    expect(near.search(QUERY, { limit: 2 })).toEqual([
      { label: 0, similarity: 1 },
      { label: 1, similarity: expect.closeTo(0.995, 3) },
    ]);
    const labels = Uint32Array.of(4, 3, 99);
    expect(near.search(QUERY, { limit: 9, labels })?.map(({ label }) => label)).toEqual([3, 4]);
  });

  it('finds what was added, in the place of what it replaces, and not what was removed', () => {
    const near = new NearVectors(DIMENSIONS, entries(2));
    near.add([{ label: 0, vector: entry(50).vector }, entry(7)]);
    near.remove([1, 99]);
    expect(near.search(QUERY, { limit: 9 })?.map(({ label }) => label)).toEqual([7, 0]);
  });

  it('keeps as many as are small, and nothing from one more on, for good', () => {
    const near = new NearVectors(DIMENSIONS, entries(SMALL_SIZE));
    near.add([entry(3)]);
    expect(near.search(QUERY, { limit: SMALL_SIZE })).toHaveLength(SMALL_SIZE);
    near.add([entry(SMALL_SIZE)]);
    near.remove(Array.from({ length: SMALL_SIZE }, (_, label) => label));
    expect(near.search(QUERY, { limit: 1 })).toBeNull();
  });
});
