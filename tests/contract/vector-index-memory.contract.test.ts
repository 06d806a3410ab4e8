import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtFile, runChild } from './vector-index-child-process.js';

const DIMENSIONS = 64;
const POINTS = 560;
/** Native code keeps as much for the locks of a graph, however small. */
const GRAPH_MB = 2.5;
const ROUNDS = 30;

/** Replaces half of the points again and again, so that the graph is built anew each time; prints the memory it took, in MB. */
const churning = (folder: string) => `
  import { setTimeout as pause } from 'node:timers/promises';
  import { openHnswlibVectorIndex } from ${JSON.stringify(builtFile('vector-index/hnswlib-vector-index.js'))};
  const { index } = await openHnswlibVectorIndex({ folder: ${JSON.stringify(folder)}, dimensions: ${DIMENSIONS}, space: 'test' });
  const entry = (label) => ({ label, vector: Float32Array.from({ length: ${DIMENSIONS} }, (_, i) => Math.sin(label * (i + 1))) });
  const round = async (first) => {
    const labels = Array.from({ length: ${POINTS} / 2 }, (_, i) => first + i);
    await index.add(labels.map(entry));
    await index.remove(labels.map((label) => label - ${POINTS}));
    await pause(20);
  };
  await index.add(Array.from({ length: ${POINTS} }, (_, i) => entry(i)));
  let next = ${POINTS};
  const grow = async (rounds) => {
    for (let i = 0; i < rounds; i += 1, next += ${POINTS} / 2) await round(next);
    return process.memoryUsage.rss() / 2 ** 20;
  };
  const before = await grow(5);
  const after = await grow(${ROUNDS});
  console.log(JSON.stringify({ before, after, size: await index.size() }));
  await index.close();
`;

it('gives the memory of a graph back when another one has taken its place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-index-'));
  try {
    const { output, exitCode } = await runChild(churning(folder));
    expect(exitCode).toBe(0);
    const { before, after, size } = JSON.parse(output) as { before: number; after: number; size: number };
    expect(size).toBe(POINTS);
    expect(after - before).toBeLessThan((ROUNDS * GRAPH_MB) / 3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
