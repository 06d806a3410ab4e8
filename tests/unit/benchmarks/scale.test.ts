import { describe, expect, it } from 'vitest';
import { SEARCH_STAGES } from '../../../src/telemetry/search-stages.js';

/** The benchmarks are plain JavaScript, so what they export has no types here. */
const part = (name: string) => import(new URL(`../../../benchmarks/scale/${name}`, import.meta.url).href);
const { scaleRows, scaleFigures } = await part('scale-rows.mjs');
const { growthTable } = await part('growth-table.mjs');

const times = (p50: number) => ({ p50, p95: 2 * p50, p99: 3 * p50 });
const measured = {
  passages: 1_024,
  bare: times(10),
  asked: times(15),
  fresh: { asked: times(21), bareP50: 7 },
  stages: {
    embed_wait: times(1),
    embed: times(10),
    words: times(0.5),
    vector: times(1),
    rank: times(2),
    show: times(0.1),
  },
  filtered: [{ share: 0.01, asked: times(12), bareP50: 8 }],
  again: { p50: 2, bareP50: 10 },
  throughput: [
    { callers: 1, perSecond: 60, refused: 0 },
    { callers: 16, perSecond: 150, refused: 0 },
  ],
  offered: [
    {
      share: 0.5,
      perSecond: 75,
      asked: 200,
      refused_share: 0.01,
      lost: 1,
      answered_p50_ms: 20,
      answered_p95_ms: 30,
      answered_p99_ms: 40,
    },
  ],
  floors: { dimensions: 256, emptyRouteMs: 0.5, exactScanMs: 4 },
  startMs: 1_500,
  startWithoutSnapshotMs: 9_000,
  idleMb: 400,
  busyMb: 500,
  disk: { databaseMb: 8, snapshotMb: 1.5 },
};
const built = { perSecond: 800, peakMb: 600 };
const row = (name: string, floor = '') =>
  scaleRows(measured).find(
    (one: { name: string; floor: string }) => one.name === name && one.floor === floor,
  );

describe('the figures of an archive', () => {
  it('are given as so many times what they cannot be below', () => {
    expect(row('question over HTTP, p95 ms', 'forward pass')).toMatchObject({ value: 30, times: 3 });
    expect(row('asked for the first time, p95 ms', 'forward pass')).toMatchObject({ value: 42, times: 6 });
    expect(row('filter that keeps 1 %, p95 ms', 'forward pass')).toMatchObject({ value: 24, times: 3 });
    expect(row('by vector, p50 ms', 'all vectors compared')).toMatchObject({ value: 1, times: 0.25 });
    expect(row('the same', 'empty route')).toMatchObject({ value: 2, times: 4 });
    // 1,024 vectors of 256 numbers are a megabyte.
    expect(row('database on disk, MB', 'passage vectors')).toMatchObject({ value: 8, times: 8 });
    expect(row('start to ready, ms')).toMatchObject({ value: 1_500, times: null });
  });

  it('name every stage of a search', () => {
    const names = scaleRows(measured).map(({ name }: { name: string }) => name);
    expect(names.filter((name: string) => name.startsWith('– '))).toHaveLength(SEARCH_STAGES.length * 3);
  });

  it('count what was turned away and what was lost', () => {
    expect(row('as they come, 50 % of the most, turned away or lost, %')?.value).toBeCloseTo(1.5);
  });

  it('say which of those that are wanted do not hold', () => {
    const held = (change: object) =>
      scaleFigures({ ...measured, ...change }).map((figure: { held: boolean }) => figure.held);
    expect(held({ throughput: [{ callers: 16, perSecond: 1e6 }] })).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(
      held({
        asked: { p50: 18.1, p95: 50.1 },
        again: { p50: 3.1, bareP50: 10 },
        throughput: [{ callers: 16, perSecond: 1 }],
        startMs: 2_001,
        busyMb: 1_201,
      }),
    ).toEqual([false, false, false, false, false, false]);
  });
});

describe('the table of archives of several sizes', () => {
  it('has a column for each, with its figures and how many times their floors they are', () => {
    const lines = growthTable([
      { built, measured, index: null },
      { built, measured: { ...measured, passages: 100_000, asked: times(20) }, index: null },
    ]);
    expect(lines[0]).toBe('|  | ÷ | 1,024 passages | 100,000 passages |');
    expect(lines[1]).toBe('| --- | --- | ---: | ---: |');
    expect(lines).toContain('| question over HTTP, p50 ms | forward pass | 15 · 1.5 | 20 · 2 |');
    expect(lines).toContain('| memory while writing, at most, MB |  | 600 | 600 |');
  });

  it('has recall where real texts were given', () => {
    const index = { recall: 0.9996, p50: 0.82, p95: 1.16 };
    expect(growthTable([{ built, measured, index }]).slice(-3)).toEqual([
      '| index alone, of real texts: missed of the 10 nearest, % |  | 0.04 |',
      '| index alone, p50 ms |  | 0.82 |',
      '| index alone, p95 ms |  | 1.16 |',
    ]);
  });
});
