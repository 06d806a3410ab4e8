import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clusteredVectors, recall } from './vector-index-fixtures.js';
import {
  entries,
  type OpenOptions,
  queries,
  SNAPSHOT_ADAPTERS,
  useSnapshotFolder,
} from './vector-index-snapshot-folder.js';

describe.each(SNAPSHOT_ADAPTERS)('a graph over time: $name', () => {
  const current = useSnapshotFolder();
  const open = (options: OpenOptions = {}, at?: string) => current().open(options, at);
  const graphFile = () => current().graphFile();

  it('keeps the search width after opening, which hnswlib forgets', async () => {
    const loose = clusteredVectors({ count: 3_000, dimensions: 64, queries: 60, seed: 5 });
    const first = await open({ dimensions: 64 });
    await first.index.add(loose.entries);
    await first.index.publishSnapshot();
    const { index: second } = await open({ dimensions: 64 });
    const all = Uint32Array.from(loose.entries, (entry) => entry.label);
    let sum = 0;
    for (const query of loose.queries) {
      const truth = await second.search(query, { limit: 10, labels: all });
      sum += recall(await second.search(query, { limit: 10 }), truth);
    }
    expect(sum / loose.queries.length).toBeGreaterThanOrEqual(0.99);
  });

  it('can be changed after opening: grows beyond its capacity, removes, brings removed labels back', async () => {
    const first = await open();
    await first.index.add(entries.slice(0, 300));
    await first.index.remove([10, 11]);
    await first.index.publishSnapshot();
    const { index: second } = await open();
    await second.add(entries.slice(300));
    await second.add(entries.slice(9, 10));
    await second.remove([20]);
    expect(await second.size()).toBe(1_198);
    const [match] = await second.search(entries[9]!.vector, { limit: 1 });
    expect(match?.similarity).toBeCloseTo(1, 5);
  });

  it('builds the graph anew when much of it is deleted, and keeps every answer', async () => {
    const { index: compacting } = await open();
    await compacting.add(entries);
    await compacting.publishSnapshot();
    const before = readFileSync(graphFile()).length;
    const gone = entries.filter((entry) => entry.label % 2 === 0).map((entry) => entry.label);
    await compacting.remove(gone);
    // Changes while the graph is being built anew must be in it when it is done.
    await compacting.add([{ label: 2, vector: entries[1]!.vector }]);
    await compacting.remove([1]);
    await waitUntil(async () => {
      await compacting.publishSnapshot();
      return readFileSync(graphFile()).length < before * 0.6;
    });
    expect(await compacting.size()).toBe(600);
    expect((await compacting.search(entries[1]!.vector, { limit: 1 }))[0]?.similarity).toBeCloseTo(1, 5);
    const labels = await compacting.labels();
    const { index: opened } = await open();
    expect(await opened.labels()).toEqual(labels);
    for (const query of queries) {
      const truth = await opened.search(query, { limit: 10, labels });
      expect(recall(await opened.search(query, { limit: 10 }), truth)).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('repeats a filtered search with more candidates, without any callback in native code', async () => {
    const { index: narrow } = await open({ scanLimit: 0 });
    await narrow.add(entries);
    for (const divisor of [2, 3, 7]) {
      const labels = Uint32Array.from(
        entries.map((entry) => entry.label).filter((label) => label % divisor === 0),
      );
      let sum = 0;
      for (const query of queries) {
        const matches = await narrow.search(query, { limit: 10, labels });
        expect(matches).toHaveLength(10);
        expect(matches.every((match) => match.label % divisor === 0)).toBe(true);
        const scanned = await Promise.all(
          [labels.slice(0, labels.length / 2), labels.slice(labels.length / 2)].map((half) =>
            narrow.search(query, { limit: 10, labels: half }),
          ),
        );
        const truth = scanned
          .flat()
          .sort((a, b) => b.similarity - a.similarity || a.label - b.label)
          .slice(0, 10);
        sum += recall(matches, truth);
      }
      expect(sum / queries.length).toBeGreaterThanOrEqual(0.99);
    }
  });

  it.each([0.5, 0.1, 0.01, 0.001, 0])(
    'keeps exactly to a filter that admits the %d part that is farthest from the query',
    async (share) => {
      const { index: narrow } = await open({ scanLimit: 0 });
      await narrow.add(entries);
      const wanted = Math.round(entries.length * share);
      for (const query of queries.slice(0, 10)) {
        const all = await narrow.search(query, { limit: entries.length });
        const farthest = all.slice(all.length - wanted);
        const labels = Uint32Array.from(farthest, ({ label }) => label).sort();
        const matches = await narrow.search(query, { limit: 10, labels });
        expect(matches).toHaveLength(Math.min(10, wanted));
        const admitted = new Set(labels);
        expect(matches.every(({ label }) => admitted.has(label))).toBe(true);
        expect(recall(matches, farthest.slice(0, 10))).toBeGreaterThanOrEqual(wanted === 0 ? 0 : 0.9);
      }
    },
  );
});

async function waitUntil(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error('it did not happen within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
