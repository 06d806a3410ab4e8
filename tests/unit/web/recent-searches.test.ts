import { describe, expect, it } from 'vitest';
import { RecentSearches } from '../../../src/web/recent-searches.js';

describe('RecentSearches', () => {
  it('keeps the last timings, oldest first', () => {
    const searches = new RecentSearches(3, 5);
    for (let i = 1; i <= 20; i += 1) searches.add({ endedAtMs: 0, durationMs: i });
    expect(searches.durationsMs()).toEqual([18, 19, 20]);
  });

  it('counts by minute, and forgets minutes that are over', () => {
    const searches = new RecentSearches(3, 3);
    for (const minute of [0, 1, 1, 3]) searches.add({ endedAtMs: minute * 60_000 + 1, durationMs: 1 });
    expect(searches.perMinute(3 * 60_000)).toEqual([2, 0, 1]);
    expect(searches.perMinute(9 * 60_000)).toEqual([0, 0, 0]);
  });

  it('times what succeeds, and not what fails', async () => {
    const searches = new RecentSearches();
    await expect(searches.time(async () => 'found')).resolves.toBe('found');
    await expect(searches.time(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(searches.durationsMs()).toHaveLength(1);
  });
});
