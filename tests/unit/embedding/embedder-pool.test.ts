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
  const work = async <Result>(promise: Promise<Result>): Promise<Result> => {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    promise.then(over, over);
    while (!isOver) {
      for (const member of [first, ...opened]) member.work();
      await vi.advanceTimersByTimeAsync(0);
    }
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

  it('opens another one at once for as many passages as take longer than it does to load', async () => {
    const { pool, open, work } = setUp();
    const passages = (count: number) => Array.from({ length: count }, (_, i) => `text ${i}`);
    const some = pool.embedPassages(passages(15));
    expect(open).not.toHaveBeenCalled();
    const more = pool.embedPassages(['one more']);
    expect(open).toHaveBeenCalledOnce();
    await work(Promise.all([some, more]));
    const other = setUp();
    const many = other.pool.embedPassages(passages(16));
    expect(other.open).toHaveBeenCalledOnce();
    await other.work(many);
  });

  it('stays one where it may only be one', async () => {
    const { pool, open, crowd } = setUp({ most: 1 });
    await crowd();
    expect(open).not.toHaveBeenCalled();
    expect(pool.size).toBe(1);
  });

  it('shares a list out, and gives the vectors in its order', async () => {
    const { pool, first, opened, crowd, work } = setUp();
    await crowd();
    for (const member of [first, ...opened]) member.calls.length = 0;
    const texts = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    const embeddings = await work(pool.embedPassages(texts));
    expect(embeddings).toEqual(await new FakeEmbedder().embedPassages(texts));
    const parts = [first, ...opened].map(({ calls }) => calls.flat());
    expect(parts.flat().sort()).toEqual([...texts].sort());
    for (const part of parts) expect(part.length).toBeGreaterThanOrEqual(3);
  });

  it('gives one that has joined what waits for the others', async () => {
    const { pool, first, opened, work } = setUp();
    const long = pool.embedPassages(Array.from({ length: 9 }, (_, i) => `text ${i}`));
    await vi.advanceTimersByTimeAsync(250);
    const short = pool.embedPassages(['another']);
    await vi.advanceTimersByTimeAsync(1);
    expect([first.calls.length, opened[0]?.calls.length]).toEqual([2, 2]);
    await work(Promise.all([long, short]));
  });

  it('gives whoever is done first the next text, one of each list in turn', async () => {
    const { pool, first, opened, crowd, work } = setUp();
    await crowd();
    for (const member of [first, ...opened]) member.calls.length = 0;
    const lists = [
      ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'],
      ['b1', 'b2'],
    ].map((list) => pool.embedPassages(list));
    expect(first.calls.flat()).toEqual(['a1', 'a3']);
    for (let i = 0; i < 4; i++) {
      opened[0]?.work();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(opened[0]?.calls.flat()).toEqual(['a2', 'a4', 'a5', 'b1', 'a6', 'b2']);
    await work(Promise.all(lists));
  });

  it('gives a query to the member that fewest wait for', async () => {
    const { pool, first, opened, crowd, work } = setUp();
    await crowd();
    const asked = [pool.embedQueries(['one']), pool.embedQueries(['two']), pool.embedQueries(['three'])];
    expect(first.calls.slice(-2)).toEqual([['one'], ['three']]);
    expect(opened[0]?.calls.at(-1)).toEqual(['two']);
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
    expect(await work(pool.embedPassages(CROWD))).toHaveLength(4);
    expect(pool.waitingTexts()).toEqual({ query: 0, passage: 0 });
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
