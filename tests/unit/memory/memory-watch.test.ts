import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryShort } from '../../../src/memory/memory-short.js';
import { type MemoryLevel, MemoryWatch } from '../../../src/memory/memory-watch.js';

const MB = 2 ** 20;

/** A watch over a process of 1,000 MB at most, whose clock and memory are set by hand. */
function setUp() {
  const process = { mb: 500, freedByEmptying: 0 };
  const levels: MemoryLevel[] = [];
  const emptiedAt: number[] = [];
  const watch = new MemoryWatch({
    ceilingBytes: 1_000 * MB,
    residentBytes: () => process.mb * MB,
    empty: () => {
      emptiedAt.push(Date.now() / 1_000);
      process.mb -= process.freedByEmptying;
    },
    onLevel: (level) => levels.push(level),
    now: () => Date.now(),
  });
  watch.start();
  const pass = (seconds: number) => vi.advanceTimersByTimeAsync(1_000 * seconds);
  return { process, levels, emptiedAt, watch, pass };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('MemoryWatch', () => {
  it.each([
    [849, 'ample'],
    [850, 'tight'],
    [949, 'tight'],
    [950, 'short'],
    [999, 'short'],
    [1_000, 'full'],
    [1_500, 'full'],
  ] as const)('calls %d MB of 1,000 %s', async (mb, level) => {
    const { process, watch, pass } = setUp();
    process.mb = mb;
    await pass(0.25);
    expect(watch.level).toBe(level);
    expect(watch.hasRoom).toBe(mb < 950);
    watch.stop();
  });

  it('tells of each change of the level, once', async () => {
    const { process, levels, watch, pass } = setUp();
    for (const mb of [600, 900, 910, 960, 1_010, 800]) {
      process.mb = mb;
      await pass(1);
    }
    expect(levels).toEqual(['tight', 'short', 'full', 'ample']);
    watch.stop();
  });

  it('empties caches as soon as it gets tight, and counts that', async () => {
    const { process, emptiedAt, watch, pass } = setUp();
    process.mb = 870;
    process.freedByEmptying = 100;
    await pass(10);
    expect(emptiedAt).toHaveLength(1);
    expect(watch.figures()).toEqual({ ceilingBytes: 1_000 * MB, residentBytes: 770 * MB, emptied: 1 });
    watch.stop();
  });

  it('empties them again after five seconds at the earliest, and less and less often when that does not help', async () => {
    const { process, emptiedAt, watch, pass } = setUp();
    process.mb = 900;
    await pass(80);
    expect(emptiedAt.map(Math.round)).toEqual([0, 5, 15, 35, 75]);
    await pass(4_000);
    expect(emptiedAt.at(-1)! - emptiedAt.at(-2)!).toBeCloseTo(300, 0);
    watch.stop();
  });

  it('does so at once when it comes to the worst in the meantime', async () => {
    const { process, emptiedAt, watch, pass } = setUp();
    process.mb = 900;
    await pass(40);
    process.mb = 970;
    await pass(1);
    expect(emptiedAt.map(Math.round)).toEqual([0, 5, 15, 35, 40]);
    watch.stop();
  });

  it('begins anew with five seconds after it was ample', async () => {
    const { process, emptiedAt, watch, pass } = setUp();
    process.mb = 900;
    await pass(40);
    process.mb = 500;
    await pass(60);
    process.mb = 900;
    await pass(6);
    expect(emptiedAt.map(Math.round)).toEqual([0, 5, 15, 35, 100, 105]);
    watch.stop();
  });

  it('lets those who wait for room in when there is some, in the order that they came', async () => {
    const { process, watch, pass } = setUp();
    process.mb = 960;
    await pass(1);
    const entered: string[] = [];
    void watch.room().then(() => entered.push('first'));
    void watch.room().then(() => entered.push('second'));
    await pass(30);
    expect(entered).toEqual([]);
    process.mb = 940;
    await pass(0.25);
    expect(entered).toEqual(['first', 'second']);
    await watch.room();
    watch.stop();
  });

  it('lets nobody wait who has given up, and everybody in when it ends', async () => {
    const { process, watch, pass } = setUp();
    process.mb = 1_100;
    await pass(1);
    const leaving = new AbortController();
    const left = expect(watch.room(leaving.signal)).rejects.toThrow('gone');
    const stayed = watch.room();
    leaving.abort(new Error('gone'));
    await left;
    watch.stop();
    await stayed;
    await watch.room();
    await expect(watch.room(leaving.signal)).rejects.toThrow('gone');
  });
});

describe('what is said when memory is short', () => {
  it('names what was asked for, both sizes, the setting and when to come again', () => {
    const error = memoryShort('searches', {
      ceilingBytes: 1_000 * MB,
      residentBytes: 1_010 * MB,
      emptied: 1,
    });
    expect(error).toMatchObject({
      code: 'MEMORY_SHORT',
      httpStatus: 503,
      message:
        'There is no room for searches: the process takes 1010 MB of memory, and its ceiling is 1000 MB (FIHRIST_MAX_MEMORY_MB). Try again in 5 seconds.',
      details: { setting: 'FIHRIST_MAX_MEMORY_MB', ceiling_mb: 1_000, resident_mb: 1_010, retry_after_s: 5 },
    });
  });
});
