import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { publishRegularly } from '../../../src/ingest/publish-regularly.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('publishes every ten minutes until it is stopped, whatever becomes of one', async () => {
  const problems: unknown[] = [];
  let published = 0;
  const index = {
    publishSnapshot: async () => {
      published += 1;
      if (published === 1) throw new Error('the disk is full');
    },
  };
  const publishing = publishRegularly(index, (error) => problems.push(error));
  await vi.advanceTimersByTimeAsync(25 * 60_000);
  expect([published, problems.length]).toEqual([2, 1]);
  publishing.stop();
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(published).toBe(2);
});
