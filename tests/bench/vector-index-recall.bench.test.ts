import { loadavg } from 'node:os';
import { expect, it } from 'vitest';
import { openExactVectorIndex } from '../../src/vector-index/exact-vector-index.js';
import {
  clusteredVectors,
  makeFolder,
  openHnswlib,
  recall,
  removeFolder,
  seededRandom,
} from '../contract/vector-index-fixtures.js';

const DIMENSIONS = 384;
/** `BENCH_VECTORS=100000 npx vitest run --project bench vector-index-recall` measures a larger one. */
const COUNT = Number(process.env.BENCH_VECTORS ?? 20_000);
const QUERIES = 200;

function summary(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

async function timed<Result>(times: number[], action: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await action();
  times.push(performance.now() - start);
  return result;
}

it('prints recall and time of a search among vectors of mixed tightness', async () => {
  const folder = makeFolder();
  const { entries, queries } = clusteredVectors({ count: COUNT, dimensions: DIMENSIONS, queries: QUERIES });
  const oracle = openExactVectorIndex({ dimensions: DIMENSIONS });
  await oracle.add(entries);
  const lines = [`${COUNT} vectors of ${DIMENSIONS}; load ${loadavg()[0]?.toFixed(1)}`];

  const { index } = await openHnswlib(folder, { dimensions: DIMENSIONS });
  const building: number[] = [];
  await timed(building, async () => {
    for (let i = 0; i < COUNT; i += 500) await index.add(entries.slice(i, i + 500));
  });
  lines.push(`build: ${((building[0] ?? 0) / 1000).toFixed(1)} s`);
  await index.publishSnapshot();
  await index.close();

  const opening: number[] = [];
  const { index: opened } = await timed(opening, () => openHnswlib(folder, { dimensions: DIMENSIONS }));
  lines.push(`open: ${opening[0]?.toFixed(0)} ms`);

  let recallAtDefault = 0;
  for (const searchWidth of [20, 40, 80, 150, 200]) {
    const times: number[] = [];
    let sum = 0;
    for (const query of queries) {
      const found = await timed(times, () => opened.search(query, { limit: 10, searchWidth }));
      sum += recall(found, await oracle.search(query, { limit: 10 }));
    }
    if (searchWidth === 80) recallAtDefault = sum / QUERIES;
    lines.push(`search width ${searchWidth}: recall@10 ${(sum / QUERIES).toFixed(4)}, ${summary(times)}`);
  }

  const random = seededRandom(5);
  for (const share of [0.5, 0.1, 0.01, 0.001]) {
    const labels = Uint32Array.from(entries.map(({ label }) => label).filter(() => random() < share));
    const times: number[] = [];
    for (const query of queries.slice(0, 50)) {
      await timed(times, () => opened.search(query, { limit: 10, labels }));
    }
    lines.push(`filter keeping ${share * 100} %: ${summary(times)}`);
  }
  await opened.close();
  removeFolder(folder);
  console.log(lines.join('\n'));
  expect(recallAtDefault).toBeGreaterThanOrEqual(0.99);
});
