import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EmbedderPool } from '../../../src/embedding/embedder-pool.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { cutAtStops } from './cut-at-stops.js';

/** An embedder that works when the test says so, and then does all that it has. */
class HeldEmbedder extends FakeEmbedder {
  /** What was handed over, call by call. */
  readonly calls: string[][] = [];
  readonly #computed = new FakeEmbedder();
  readonly #held: Array<() => void> = [];
  readonly #waiting = { query: 0, passage: 0 };
  isClosed = false;

  override embedQueries(texts: readonly string[]) {
    return this.#hold('query', texts, () => this.#computed.embedQueries(texts));
  }

  override embedPassages(texts: readonly string[]) {
    return this.#hold('passage', texts, () => this.#computed.embedPassages(texts));
  }

  override async close(): Promise<void> {
    this.isClosed = true;
  }

  waitingTexts() {
    return { ...this.#waiting };
  }

  work(): void {
    for (const one of this.#held.splice(0)) one();
  }

  async #hold<Result>(role: 'query' | 'passage', texts: readonly string[], embed: () => Promise<Result>) {
    this.calls.push([...texts]);
    this.#waiting[role] += texts.length;
    await new Promise<void>((resolve) => this.#held.push(resolve));
    this.#waiting[role] -= texts.length;
    return embed();
  }
}

const CROWD = ['one', 'two', 'three', 'four'];

function setUp({ most = 2 } = {}) {
  const opened: HeldEmbedder[] = [];
  const failures: unknown[] = [];
  const first = new HeldEmbedder();
  const open = vi.fn(async () => {
    const member = new HeldEmbedder();
    opened.push(member);
    return member;
  });
  const pool = new EmbedderPool({
    first,
    open,
    most,
    idleMs: 1_000,
    onFailure: (error) => failures.push(error),
  });
  const work = async (promise: Promise<unknown>) => {
    for (const member of [first, ...opened]) member.work();
    return promise;
  };
  /** Asks for so much, and for so long, that another member is worth it. */
  const crowd = async () => {
    const before = pool.embedPassages(CROWD);
    await vi.advanceTimersByTimeAsync(250);
    const after = pool.embedPassages(CROWD);
    await vi.advanceTimersByTimeAsync(1);
    await work(Promise.all([before, after]));
  };
  return { pool, first, opened, open, failures, work, crowd };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

describe('EmbedderPool', () => {
  it('is one member as long as there is little to do, or much for a moment', async () => {
    const { pool, open, work } = setUp();
    await work(pool.embedQueries(['one']));
    await work(pool.embedPassages(CROWD));
    await vi.advanceTimersByTimeAsync(300);
    await work(pool.embedPassages(CROWD));
    expect(open).not.toHaveBeenCalled();
    expect(pool.size).toBe(1);
  });

  it('opens another one when much waits for long, and never more than it may', async () => {
    const { pool, open, crowd } = setUp();
    await crowd();
    expect(pool.size).toBe(2);
    await crowd();
    expect(open).toHaveBeenCalledOnce();
  });

  it('stays one where it may only be one', async () => {
    const { pool, open, crowd } = setUp({ most: 1 });
    await crowd();
    expect(open).not.toHaveBeenCalled();
    expect(pool.size).toBe(1);
  });

  it('shares a list out, each about as much, and gives the vectors in its order', async () => {
    const { pool, first, opened, crowd, work } = setUp();
    await crowd();
    const texts = ['a long text of many words', 'short', 'a text of some words', 'tiny', 'another long text'];
    const embeddings = pool.embedPassages(texts);
    const parts = [first.calls.at(-1), opened[0]?.calls.at(-1)];
    const lengths = parts.map((part) => part!.join('').length);
    expect(Math.abs(lengths[0]! - lengths[1]!)).toBeLessThan(12);
    expect(parts.flat().sort()).toEqual([...texts].sort());
    expect(await work(embeddings)).toEqual(await new FakeEmbedder().embedPassages(texts));
  });

  it('gives a query to the member that fewest wait for', async () => {
    const { pool, first, opened, crowd, work } = setUp();
    await crowd();
    const asked = [pool.embedQueries(['one']), pool.embedQueries(['two']), pool.embedQueries(['three'])];
    expect(first.calls.slice(2)).toEqual([['one'], ['three']]);
    expect(opened[0]?.calls).toEqual([['two']]);
    const embeddings = await work(Promise.all(asked));
    expect(embeddings).toEqual(
      (await new FakeEmbedder().embedQueries(['one', 'two', 'three'])).map((e) => [e]),
    );
  });

  it('tells what waits for all of its members', async () => {
    const { pool, crowd, work } = setUp();
    await crowd();
    const asked = Promise.all([pool.embedQueries(['one']), pool.embedPassages(CROWD)]);
    expect(pool.waitingTexts()).toEqual({ query: 1, passage: 4 });
    await work(asked);
    expect(pool.waitingTexts()).toEqual({ query: 0, passage: 0 });
  });

  it('closes another one that had nothing to do for long, and opens one again when there is', async () => {
    const { pool, first, opened, crowd } = setUp();
    await crowd();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(pool.size).toBe(1);
    expect([first.isClosed, opened[0]?.isClosed]).toEqual([false, true]);
    await crowd();
    expect(pool.size).toBe(2);
  });

  it('keeps one that is at work', async () => {
    const { pool, opened, crowd, work } = setUp();
    await crowd();
    const asked = pool.embedPassages(CROWD);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened[0]?.isClosed).toBe(false);
    await work(asked);
  });

  it('closes another one when memory is wanted, and opens none for a minute', async () => {
    const { pool, opened, crowd } = setUp();
    await crowd();
    pool.forget();
    expect(pool.size).toBe(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(opened[0]?.isClosed).toBe(true);
    await crowd();
    expect(pool.size).toBe(1);
    await vi.advanceTimersByTimeAsync(30_000);
    await crowd();
    expect(pool.size).toBe(2);
  });

  it('closes all that have nothing to do when memory is wanted', async () => {
    const { pool, opened, crowd } = setUp({ most: 3 });
    await crowd();
    await crowd();
    expect(pool.size).toBe(3);
    pool.forget();
    await vi.advanceTimersByTimeAsync(1);
    expect([pool.size, ...opened.map(({ isClosed }) => isClosed)]).toEqual([1, true, true]);
  });

  it('goes on when another one cannot be opened, and tries again', async () => {
    const { pool, open, failures, crowd } = setUp();
    open.mockRejectedValueOnce(new Error('no memory'));
    await crowd();
    expect([pool.size, failures]).toEqual([1, [new Error('no memory')]]);
    await crowd();
    expect(pool.size).toBe(2);
  });

  it('fails with what a member fails with', async () => {
    const { pool, opened, crowd, work } = setUp();
    await crowd();
    vi.spyOn(opened[0]!, 'embedPassages').mockRejectedValueOnce(new Error('broken'));
    await expect(work(pool.embedPassages(CROWD))).rejects.toThrow('broken');
  });

  it('closes all of them', async () => {
    const { pool, first, opened, crowd } = setUp();
    await crowd();
    await pool.close();
    expect([first.isClosed, opened[0]?.isClosed]).toEqual([true, true]);
  });

  it('shares out passages with their sentences, and puts them back in order', async () => {
    const { pool, first, opened, work, crowd } = setUp();
    await crowd();
    const passages = [
      'Long enough to go first. And more of it.',
      'Short. One.',
      'Middle of the three. Here.',
    ].map(cutAtStops);
    const found = pool.embedWithSentences(passages);
    await vi.advanceTimersByTimeAsync(1);
    expect(first.calls.at(-1)).not.toEqual(opened[0]?.calls.at(-1));
    expect(await work(found)).toEqual(await new FakeEmbedder().embedWithSentences(passages));
  });
});
