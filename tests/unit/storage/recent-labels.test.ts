import { describe, expect, it } from 'vitest';
import { RecentLabels } from '../../../src/storage/recent-labels.js';

function counting() {
  const read: string[] = [];
  const recent = new RecentLabels();
  const of = (key: string, generation = 1) =>
    recent.of(key, generation, () => {
      read.push(key);
      return [3, 1, 2];
    });
  return { read, of };
}

describe('RecentLabels', () => {
  it('reads a list once, and gives it rising, each time as a copy', () => {
    const { read, of } = counting();
    of('a').fill(0);
    expect(of('a')).toEqual(Uint32Array.of(1, 2, 3));
    expect(read).toEqual(['a']);
  });

  it('reads again when something has changed', () => {
    const { read, of } = counting();
    of('a', 1);
    of('b', 1);
    of('a', 2);
    of('b', 2);
    of('b', 2);
    expect(read).toEqual(['a', 'b', 'a', 'b']);
  });

  it('keeps sixteen, and lets go of the one that was not asked for the longest', () => {
    const { read, of } = counting();
    const keys = Array.from({ length: 16 }, (_, i) => `key ${i}`);
    for (const key of keys) of(key);
    of('key 0');
    of('one more');
    expect(read).toEqual([...keys, 'one more']);
    read.length = 0;
    for (const key of ['key 0', 'key 2', 'one more']) of(key);
    expect(read).toEqual([]);
    of('key 1');
    expect(read).toEqual(['key 1']);
  });
});
