import { describe, expect, it } from 'vitest';
import { runConcurrently } from '../../../src/ingest/run-concurrently.js';

async function* itemsOf(items: readonly number[], failure?: Error): AsyncGenerator<number> {
  yield* items;
  if (failure !== undefined) throw failure;
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('runConcurrently', () => {
  it('runs every item, never more than the limit at once', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await runConcurrently(itemsOf([1, 2, 3, 4, 5]), 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await soon();
      running -= 1;
      done.push(item);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('takes no more items after a failure, and throws it when all that ran have ended', async () => {
    const started: number[] = [];
    let ended = 0;
    const run = runConcurrently(itemsOf([1, 2, 3, 4, 5, 6]), 2, async (item) => {
      started.push(item);
      await soon();
      ended += 1;
      if (item === 1) throw new Error('broken item');
    });
    await expect(run).rejects.toThrow('broken item');
    expect(started.length).toBeLessThan(6);
    expect(ended).toBe(started.length);
  });

  it('waits for what is running when the items themselves fail', async () => {
    let ended = 0;
    const run = runConcurrently(itemsOf([1, 2], new Error('no more')), 3, async () => {
      await soon();
      ended += 1;
    });
    await expect(run).rejects.toThrow('no more');
    expect(ended).toBe(2);
  });
});
