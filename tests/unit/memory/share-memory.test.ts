import { describe, expect, it } from 'vitest';
import { neededMemory } from '../../../src/memory/needed-memory.js';
import {
  BYTES_PER_CHARACTER,
  bytesOf,
  FULL_SHARES,
  type MemoryShares,
  shareMemory,
} from '../../../src/memory/share-memory.js';

const MB = 2 ** 20;
const wished = { queryEntries: 10_000, resultBytes: 32 * MB, modelCopies: 1 };
const modelCopyBytes = 190 * MB;
const share = (ceilingMb: number, neededMb = 400) =>
  shareMemory({ ceilingBytes: ceilingMb * MB, neededBytes: neededMb * MB, wished, modelCopyBytes });

const kept = ({ articles, modelCopies, ...shares }: MemoryShares) => shares;

describe('the shares of memory', () => {
  it('are the usual sizes, and work without limit, where there is no ceiling', () => {
    const shares = shareMemory({ ceilingBytes: null, neededBytes: 0, wished, modelCopyBytes });
    expect(shares).toEqual({ ...FULL_SHARES, ...wished, articles: null });
  });

  it('are the usual sizes under a ceiling that is far away, and never more', () => {
    expect(share(8_000)).toMatchObject({ ...FULL_SHARES, ...wished });
  });

  it.each([410, 450, 500, 600, 800])('of all that is kept are half of what %d MB leave over', (ceilingMb) => {
    const shares = share(ceilingMb);
    const leftBytes = (ceilingMb - 400) * MB;
    expect(bytesOf(shares)).toBeLessThanOrEqual(0.5 * leftBytes);
    expect(bytesOf(shares)).toBeGreaterThan(0.49 * leftBytes);
  });

  it('shrink all together, each to the same part of what it would be', () => {
    const parts = Object.entries(kept(share(600))).map(
      ([name, size]) => size / { ...FULL_SHARES, ...wished }[name as keyof typeof FULL_SHARES],
    );
    expect(Math.max(...parts) / Math.min(...parts)).toBeCloseTo(1, 2);
    expect(Math.max(...parts)).toBeLessThan(0.5);
  });

  it('keep at least one of everything that is kept at all, even when nothing is left over', () => {
    for (const size of Object.values(kept(share(390)))) expect(size).toBe(1);
  });

  it('leave off what the settings leave off', () => {
    const shares = shareMemory({
      ceilingBytes: 900 * MB,
      neededBytes: 400 * MB,
      wished: { queryEntries: 0, resultBytes: 0, modelCopies: 1 },
      modelCopyBytes,
    });
    expect(shares).toMatchObject({ queryEntries: 0, resultBytes: 0 });
  });

  it.each([
    [390, 1],
    [874, 1],
    [876, 2],
    [1_351, 3],
    [9_000, 4],
  ])('have %d MB for %d copies of the model, which are taken off the rest first', (ceilingMb, copies) => {
    const shares = shareMemory({
      ceilingBytes: ceilingMb * MB,
      neededBytes: 400 * MB,
      wished: { ...wished, modelCopies: 4 },
      modelCopyBytes,
    });
    expect(shares).toEqual({ ...share(ceilingMb, 400 + (copies - 1) * 190), modelCopies: copies });
  });

  it('let a quarter of the rest be worked on, and one article take three, but never less than a usual one', () => {
    const { articles } = share(1_000);
    expect(articles?.mostCharacters).toBe(Math.floor((150 * MB) / BYTES_PER_CHARACTER));
    expect(articles?.longest).toBe(Math.floor((450 * MB) / BYTES_PER_CHARACTER));
    expect(share(390).articles).toEqual({ mostCharacters: 100_000, longest: 100_000 });
  });
});

describe('what an archive needs', () => {
  it('grows by two vectors and a little for each passage, and with the model', () => {
    const empty = { modelBytes: 54 * MB, dimensions: 384, passages: 0 };
    expect(neededMemory(empty) / MB).toBeCloseTo(342, 0);
    expect(neededMemory({ ...empty, passages: 100_000 }) - neededMemory(empty)).toBe(100_000 * 3_622);
    expect(neededMemory({ ...empty, modelBytes: 154 * MB }) - neededMemory(empty)).toBe(300 * MB);
  });
});
