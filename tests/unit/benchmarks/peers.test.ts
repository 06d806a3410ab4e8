import { describe, expect, it } from 'vitest';

/** The benchmarks are plain JavaScript, so what they export has no types here. */
const part = (name: string) => import(new URL(`../../../benchmarks/peers/${name}`, import.meta.url).href);
const { pickEvenly, takeTurns, openingWords } = await part('pick-questions.mjs');
const { qualityTable, speedTable, speedOf, indexingTable, describeLoad } =
  await part('format-comparison.mjs');

describe('the questions of a comparison', () => {
  it('are spread evenly over the set, each once, in its order', () => {
    const all = Array.from({ length: 100 }, (_, i) => i);
    expect(pickEvenly(all, 4)).toEqual([0, 25, 50, 75]);
    expect(pickEvenly(all, 99)).toHaveLength(99);
    expect(new Set(pickEvenly(all, 99)).size).toBe(99);
  });

  it('are all there are when no number is given, or more than there are', () => {
    expect(pickEvenly([1, 2, 3], null)).toEqual([1, 2, 3]);
    expect(pickEvenly([1, 2, 3], 5)).toEqual([1, 2, 3]);
  });

  it('go to every peer in their order, each block beginning with another one', () => {
    const turns = takeTurns([1, 2, 3, 4, 5], { peers: 3, blockSize: 2 });
    expect(turns.map((turn: { peer: number }) => turn.peer)).toEqual([0, 1, 2, 1, 2, 0, 2, 0, 1]);
    for (const peer of [0, 1, 2]) {
      const own = turns.filter((turn: { peer: number }) => turn.peer === peer);
      expect(own.flatMap((turn: { questions: number[] }) => turn.questions)).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it('are not what warms the peers up: that is how the passages begin', () => {
    expect(openingWords([' one two  three', 'واحد اثنان ثلاثة'], { count: 2, words: 2 })).toEqual([
      'one two',
      'واحد اثنان',
    ]);
  });
});

/** Two sets and two peers, of which the second asks the archive of the first. */
const sets = [
  {
    set: 'easy',
    passages: 100,
    peers: [
      {
        name: 'first',
        title: 'First',
        indexMs: 10_000,
        times: [2, 2, 2],
        quality: { 'ndcg@10': 0.97741, 'recall@10': 1 },
        heldOut: { 'ndcg@10': 0.5, 'recall@10': 0.5 },
      },
      {
        name: 'second',
        title: 'Second',
        indexMs: null,
        times: [1, 1, 1],
        quality: { 'ndcg@10': 0.5, 'recall@10': 0.75 },
        heldOut: null,
      },
    ],
  },
  {
    set: 'hard',
    passages: 300,
    peers: [
      {
        name: 'first',
        title: 'First',
        indexMs: 30_000,
        times: [4, 40],
        quality: { 'ndcg@10': 0.25, 'recall@10': 0.5 },
        heldOut: null,
      },
      {
        name: 'second',
        title: 'Second',
        indexMs: null,
        times: [1, 10],
        quality: { 'ndcg@10': 0.1, 'recall@10': 0.2 },
        heldOut: null,
      },
    ],
  },
];

describe('the tables of a comparison', () => {
  it('have nDCG@10 and recall@10 of every peer on every set', () => {
    expect(qualityTable(sets, 'quality')).toEqual([
      '| nDCG@10 · recall@10 | easy | hard |',
      '| --- | --- | --- |',
      '| First | 0.977 · 1.000 | 0.250 · 0.500 |',
      '| Second | 0.500 · 0.750 | 0.100 · 0.200 |',
    ]);
  });

  it('have a dash where no question was on an odd line', () => {
    expect(qualityTable(sets, 'heldOut')[2]).toBe('| First | 0.500 · 0.500 | – |');
  });

  it('have the times of all sets together, and their ratios to those of the references', () => {
    expect(speedTable(sets, ['first'])).toEqual([
      '|  | indexing, passages/s | question p50, ms | p95, ms | p50 ÷ First |',
      '| --- | --- | --- | --- | --- |',
      '| First | 10.0 | 2.00 | 40.0 | 1.00 |',
      '| Second | the same archive | 1.00 | 10.0 | 0.50 |',
    ]);
  });

  it('weigh the indexing of sets by their passages', () => {
    expect(speedOf(sets, 0).passagesPerSecond).toBe(10);
    expect(speedOf([{ ...sets[0], peers: [{ indexMs: 5_000, times: [1] }] }], 0).passagesPerSecond).toBe(20);
  });

  it('compare what is indexed in a second round by round', () => {
    const indexing = {
      set: 'easy',
      passages: 100,
      texts: 500,
      fihristMs: [10_000, 20_000, 40_000],
      tutorialMs: [2_000, 4_000, 10_000],
    };
    expect(indexingTable([indexing])[2]).toBe(
      '| easy: 100 passages, 500 texts | 5.0 | 25.0 | 25.0 | 0.20 | 1.00 |',
    );
  });

  it('say so when the machine did other work', () => {
    expect(describeLoad({ before: 0.1, during: [1.2, 1.4], cores: 2 })).toEqual([
      'Load before the run: 0.1; while each set was measured: 1.2, 1.4, of which about 1 is the measuring itself.',
    ]);
    expect(describeLoad({ before: 0.1, during: [1.2, 5], cores: 2 })).toHaveLength(2);
  });
});
