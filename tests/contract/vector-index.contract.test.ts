import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VectorIndex } from '../../src/vector-index/vector-index.js';
import {
  clusteredVectors,
  INDEX_ADAPTERS,
  makeFolder,
  randomUnit,
  recall,
  removeFolder,
  seededRandom,
} from './vector-index-fixtures.js';

const DIMENSIONS = 16;

/** Unit vector along one axis. */
function axis(at: number): Float32Array {
  return Float32Array.from({ length: DIMENSIONS }, (_, i) => (i === at ? 1 : 0));
}

/** Unit vector between two axes; `share` 0 is the first, 1 the second. */
function between(a: number, b: number, share: number): Float32Array {
  const angle = (share * Math.PI) / 2;
  return Float32Array.from({ length: DIMENSIONS }, (_, i) =>
    i === a ? Math.cos(angle) : i === b ? Math.sin(angle) : 0,
  );
}

describe.each(INDEX_ADAPTERS)('vector index contract: $name', (adapter) => {
  let folder: string;
  let index: VectorIndex;

  beforeEach(async () => {
    folder = makeFolder();
    index = await adapter.open(folder, DIMENSIONS);
  });

  afterEach(async () => {
    await index.close();
    removeFolder(folder);
  });

  it('finds nothing while it is empty', async () => {
    expect(await index.search(axis(0), { limit: 10 })).toEqual([]);
    expect(await index.search(axis(0), { limit: 10, labels: Uint32Array.of(1, 2) })).toEqual([]);
    expect(await index.size()).toBe(0);
    expect(await index.labels()).toEqual(new Uint32Array());
  });

  it('reports cosine similarity from 1 to −1, highest first', async () => {
    await index.add([
      { label: 3, vector: axis(0).map((value) => -value) },
      { label: 1, vector: axis(0) },
      { label: 2, vector: axis(1) },
    ]);
    const matches = await index.search(axis(0), { limit: 3 });
    expect(matches.map((match) => match.label)).toEqual([1, 2, 3]);
    expect(matches.map((match) => match.similarity)).toEqual([
      expect.closeTo(1, 6),
      expect.closeTo(0, 6),
      expect.closeTo(-1, 6),
    ]);
  });

  it('never reports a similarity outside −1…1, even for vectors a little off unit length', async () => {
    await index.add([{ label: 1, vector: axis(0).map((value) => value * 1.01) }]);
    const [match] = await index.search(
      axis(0).map((value) => value * 1.01),
      { limit: 1 },
    );
    expect(match?.similarity).toBeLessThanOrEqual(1);
    expect(match?.similarity).toBeCloseTo(1, 6);
  });

  it('orders equals by rising label', async () => {
    await index.add([9, 4, 7, 1, 30].map((label) => ({ label, vector: axis(2) })));
    const matches = await index.search(axis(2), { limit: 3 });
    expect(matches.map((match) => match.label)).toEqual([1, 4, 7]);
  });

  it('returns fewer matches than the limit only when fewer are there', async () => {
    const { entries, queries } = clusteredVectors({ count: 300, dimensions: DIMENSIONS, queries: 3 });
    await index.add(entries);
    for (const query of queries) {
      expect(await index.search(query, { limit: 250 })).toHaveLength(250);
      expect(await index.search(query, { limit: 1_000 })).toHaveLength(300);
    }
    expect(await index.search(axis(0), { limit: 0 })).toEqual([]);
  });

  it('takes any label from 0 to 4,294,967,295', async () => {
    await index.add([
      { label: 0, vector: axis(0) },
      { label: 4_294_967_295, vector: axis(1) },
    ]);
    expect((await index.search(axis(1), { limit: 1 }))[0]?.label).toBe(4_294_967_295);
    expect(await index.labels()).toEqual(Uint32Array.of(0, 4_294_967_295));
  });

  it.each([-1, 1.5, 4_294_967_296, Number.NaN])(
    'refuses label %s, which native code would wrap',
    async (label) => {
      await expect(index.add([{ label, vector: axis(0) }])).rejects.toMatchObject({
        code: 'VECTOR_LABEL_INVALID',
      });
      expect(await index.size()).toBe(0);
    },
  );

  it('refuses a vector of another length, added or asked', async () => {
    const short = new Float32Array(DIMENSIONS - 1).fill(0.1);
    const refusal = { code: 'VECTOR_DIMENSION_MISMATCH' };
    await expect(index.add([{ label: 1, vector: short }])).rejects.toMatchObject(refusal);
    await expect(index.search(short, { limit: 1 })).rejects.toMatchObject(refusal);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses a vector with %s in it, which would rank first',
    async (value) => {
      const vector = axis(0);
      vector[5] = value;
      const refusal = { code: 'VECTOR_NOT_FINITE' };
      await expect(index.add([{ label: 1, vector }])).rejects.toMatchObject(refusal);
      await expect(index.search(vector, { limit: 1 })).rejects.toMatchObject(refusal);
    },
  );

  it('counts its changes, when they begin and when they are complete, and nothing else', async () => {
    const none = await index.changes();
    await index.search(axis(0), { limit: 1 });
    await index.size();
    expect(await index.changes()).toBe(none);
    const adding = index.add([{ label: 1, vector: axis(0) }]);
    const begun = await index.changes();
    expect(begun).toBeGreaterThan(none);
    await adding;
    const added = await index.changes();
    expect(added).toBeGreaterThanOrEqual(begun);
    await index.remove([1]);
    expect(await index.changes()).toBeGreaterThan(added);
  });

  it('adds all entries or none', async () => {
    const bad = { label: 2, vector: axis(0).fill(Number.NaN) };
    await expect(index.add([{ label: 1, vector: axis(0) }, bad])).rejects.toMatchObject({
      code: 'VECTOR_NOT_FINITE',
    });
    expect(await index.labels()).toEqual(new Uint32Array());
  });

  it('takes Float32Arrays, also views into a larger buffer, and keeps its own copy', async () => {
    const batch = new Float32Array(3 * DIMENSIONS);
    batch.set(axis(4), DIMENSIONS);
    const view = batch.subarray(DIMENSIONS, 2 * DIMENSIONS);
    await index.add([{ label: 5, vector: view }]);
    expect(view).toEqual(axis(4));
    const [match] = await index.search(view, { limit: 1 });
    batch.fill(0);
    expect(match).toEqual({ label: 5, similarity: expect.closeTo(1, 6) });
    expect((await index.search(axis(4), { limit: 1 }))[0]?.similarity).toBeCloseTo(1, 6);
  });

  it('replaces the vector of a label', async () => {
    await index.add([1, 2, 3].map((label) => ({ label, vector: axis(label) })));
    await index.add([{ label: 2, vector: axis(9) }]);
    expect(await index.size()).toBe(3);
    expect((await index.search(axis(9), { limit: 1 }))[0]?.label).toBe(2);
    const old = await index.search(axis(2), { limit: 3 });
    expect(old.every((match) => match.similarity < 0.5)).toBe(true);
  });

  it('never finds a removed label, also through a filter, and forgets unknown ones', async () => {
    const { entries, queries } = clusteredVectors({ count: 400, dimensions: DIMENSIONS, queries: 20 });
    await index.add(entries);
    const gone = entries.filter((entry) => entry.label % 3 === 0).map((entry) => entry.label);
    await index.remove([...gone, 99_999, 99_999]);
    expect(await index.size()).toBe(400 - gone.length);
    const removed = new Set(gone);
    for (const query of queries) {
      const matches = await index.search(query, { limit: 50 });
      expect(matches).toHaveLength(50);
      expect(matches.filter((match) => removed.has(match.label))).toEqual([]);
      expect(await index.search(query, { limit: 5, labels: Uint32Array.from(gone) })).toEqual([]);
    }
  });

  it('finds nothing through a filter that admits nothing, or only what is not there', async () => {
    const { entries, queries } = clusteredVectors({ count: 400, dimensions: DIMENSIONS, queries: 5 });
    await index.add(entries);
    for (const query of queries) {
      expect(await index.search(query, { limit: 10, labels: new Uint32Array() })).toEqual([]);
      expect(await index.search(query, { limit: 10, labels: Uint32Array.of(90_000, 90_001) })).toEqual([]);
    }
  });

  it('finds a label again that was removed and added with another vector', async () => {
    await index.add([1, 2, 3].map((label) => ({ label, vector: axis(label) })));
    await index.remove([2]);
    await index.add([{ label: 2, vector: axis(8) }]);
    expect((await index.search(axis(8), { limit: 1 }))[0]).toMatchObject({ label: 2 });
    expect(await index.labels()).toEqual(Uint32Array.of(1, 2, 3));
  });

  it('can be emptied and filled again', async () => {
    const { entries } = clusteredVectors({ count: 600, dimensions: DIMENSIONS, queries: 0 });
    await index.add(entries);
    await index.remove(entries.map((entry) => entry.label));
    expect(await index.size()).toBe(0);
    expect(await index.search(axis(0), { limit: 5 })).toEqual([]);
    await index.add([{ label: 7, vector: axis(3) }]);
    expect(await index.search(axis(3), { limit: 5 })).toEqual([
      { label: 7, similarity: expect.closeTo(1, 6) },
    ]);
  });

  it('gives every label, rising', async () => {
    await index.add(
      [5, 300, 2, 70_000, 41].map((label) => ({ label, vector: between(0, 1, label / 70_000) })),
    );
    expect(await index.labels()).toEqual(Uint32Array.of(2, 5, 41, 300, 70_000));
  });

  it('answers searches while a large batch is being added', async () => {
    const { entries, queries } = clusteredVectors({ count: 1_500, dimensions: DIMENSIONS, queries: 20 });
    await index.add(entries.slice(0, 500));
    const adding = index.add(entries.slice(500));
    for (const query of queries) expect(await index.search(query, { limit: 10 })).toHaveLength(10);
    await adding;
    expect(await index.size()).toBe(1_500);
  });

  it('applies changes in the order they were asked for', async () => {
    const steps = [
      index.add([{ label: 1, vector: axis(1) }]),
      index.remove([1]),
      index.add([
        { label: 1, vector: axis(2) },
        { label: 2, vector: axis(3) },
      ]),
      index.remove([2]),
    ];
    await Promise.all(steps);
    expect(await index.labels()).toEqual(Uint32Array.of(1));
    expect((await index.search(axis(2), { limit: 1 }))[0]?.similarity).toBeCloseTo(1, 6);
  });

  it('does not fail over a snapshot when there is nothing to write', async () => {
    await expect(index.publishSnapshot()).resolves.toBeUndefined();
  });

  it('may be closed twice', async () => {
    await index.close();
    await expect(index.close()).resolves.toBeUndefined();
  });
});

describe.each(INDEX_ADAPTERS)('vector index recall: $name', (adapter) => {
  const COUNT = 4_000;
  const { entries, queries } = clusteredVectors({ count: COUNT, dimensions: 64, queries: 100 });

  it('finds at least 99 of 100 true neighbours, and exactly those under a filter', async () => {
    const folder = makeFolder();
    const index = await adapter.open(folder, 64);
    const oracle = await INDEX_ADAPTERS[0]!.open(folder, 64);
    try {
      await Promise.all([index.add(entries), oracle.add(entries)]);
      let sum = 0;
      for (const query of queries) {
        const truth = await oracle.search(query, { limit: 10 });
        sum += recall(await index.search(query, { limit: 10 }), truth);
      }
      expect(sum / queries.length).toBeGreaterThanOrEqual(0.99);

      const random = seededRandom(3);
      for (const share of [0.5, 0.1, 0.01, 0.001]) {
        const labels = Uint32Array.from(entries.map((entry) => entry.label).filter(() => random() < share));
        const shuffled = labels.toReversed();
        for (const query of queries.slice(0, 20)) {
          const truth = await oracle.search(query, { limit: 10, labels });
          expect(truth).toHaveLength(Math.min(10, labels.length));
          expect(await index.search(query, { limit: 10, labels })).toEqual(truth);
          expect(await index.search(query, { limit: 10, labels: shuffled })).toEqual(truth);
        }
      }
    } finally {
      await index.close();
      removeFolder(folder);
    }
  });

  it('keeps its recall after replacing, removing and adding again', async () => {
    const folder = makeFolder();
    const index = await adapter.open(folder, 64);
    const oracle = await INDEX_ADAPTERS[0]!.open(folder, 64);
    const random = seededRandom(11);
    const replaced = entries
      .filter((entry) => entry.label % 5 === 0)
      .map(({ label }) => ({ label, vector: randomUnit(64, random) }));
    const removed = entries.filter((entry) => entry.label % 3 === 0).map((entry) => entry.label);
    const again = entries.filter((entry) => entry.label % 6 === 0);
    try {
      for (const one of [index, oracle]) {
        await one.add(entries);
        await one.add(replaced);
        await one.remove(removed);
        await one.add(again);
      }
      expect(await index.labels()).toEqual(await oracle.labels());
      let sum = 0;
      for (const query of queries) {
        const truth = await oracle.search(query, { limit: 10 });
        sum += recall(await index.search(query, { limit: 10 }), truth);
      }
      expect(sum / queries.length).toBeGreaterThanOrEqual(0.99);
    } finally {
      await index.close();
      removeFolder(folder);
    }
  });
});
