import { describe, expect, it } from 'vitest';
import { FrequentWords } from '../../../src/storage/frequent-words.js';

const hasBit = (bits: Uint8Array, label: number) => ((bits[label >>> 3] ?? 0) & (1 << (label & 7))) !== 0;

/** Counts how often a list had to be read. */
function counted(labels: readonly number[]) {
  const reader = { times: 0, read: () => labels };
  reader.read = () => {
    reader.times += 1;
    return labels;
  };
  return reader;
}

describe('FrequentWords', () => {
  it('has one bit for each label of the list, and no other', () => {
    const labels = [1, 7, 8, 63, 1_000];
    const bits = new FrequentWords().bits('word', 5, () => labels);
    const found = Array.from({ length: 1_100 }, (_, label) => label).filter((label) => hasBit(bits, label));
    expect(found).toEqual(labels);
  });

  it('reads a list once, until its length has changed by more than a twentieth', () => {
    const words = new FrequentWords();
    const list = counted([1, 2, 3]);
    for (const entries of [100, 100, 104, 97]) words.bits('word', entries, list.read);
    expect(list.times).toBe(1);
    words.bits('word', 120, list.read);
    expect(list.times).toBe(2);
    words.bits('word', 100, list.read);
    expect(list.times).toBe(3);
  });

  it('forgets the list that was asked for longest ago when there are too many', () => {
    const words = new FrequentWords();
    const [first, second] = [counted([1]), counted([2])];
    words.bits('first', 1, first.read);
    words.bits('second', 1, second.read);
    words.bits('first', 1, first.read);
    for (let i = 0; i < 255; i += 1) words.bits(`word ${i}`, 1, () => [3]);
    words.bits('first', 1, first.read);
    words.bits('second', 1, second.read);
    expect([first.times, second.times]).toEqual([1, 2]);
  });
});
