import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openExactVectorIndex } from '../../src/vector-index/exact-vector-index.js';
import {
  type HnswlibVectorIndexOptions,
  openHnswlibVectorIndex,
} from '../../src/vector-index/hnswlib-vector-index.js';
import type { VectorEntry, VectorIndex } from '../../src/vector-index/vector-index.js';

/** The compiled thread: tests run from sources, threads from what was built. */
export const HNSWLIB_WORKER = new URL('../../dist/vector-index/hnswlib-index-worker.js', import.meta.url);

export interface IndexAdapter {
  readonly name: string;
  /** It keeps snapshots on disk. */
  readonly keepsSnapshots: boolean;
  open(folder: string, dimensions: number): Promise<VectorIndex>;
}

export const INDEX_ADAPTERS: readonly IndexAdapter[] = [
  {
    name: 'exact',
    keepsSnapshots: false,
    open: async (_folder, dimensions) => openExactVectorIndex({ dimensions }),
  },
  {
    name: 'hnswlib',
    keepsSnapshots: true,
    open: async (folder, dimensions) => (await openHnswlib(folder, { dimensions })).index,
  },
];

export function openHnswlib(
  folder: string,
  options: Partial<Omit<HnswlibVectorIndexOptions, 'folder'>> = {},
) {
  return openHnswlibVectorIndex({
    dimensions: 16,
    space: 'test-space',
    ...options,
    folder,
    workerFile: HNSWLIB_WORKER,
  });
}

/** The same numbers at every run. Source: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function unit(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

/** A vector of unit length in a random direction. */
export function randomUnit(dimensions: number, random: () => number): Float32Array {
  return unit(Float32Array.from({ length: dimensions }, () => gaussian(random)));
}

/**
 * Vectors in clusters, some tight and some loose, as texts on topics are.
 * @returns `count` entries labelled from 1, and queries near the clusters that are no entries.
 */
export function clusteredVectors(options: {
  count: number;
  dimensions: number;
  queries: number;
  seed?: number;
}): { entries: VectorEntry[]; queries: Float32Array[] } {
  const { count, dimensions, queries, seed = 7 } = options;
  const random = seededRandom(seed);
  const clusters = Array.from({ length: Math.max(8, Math.round(count / 60)) }, () => ({
    centre: randomUnit(dimensions, random),
    spread: 0.15 + random() * 1.2,
  }));
  const near = () => {
    const { centre, spread } = clusters[Math.floor(random() * clusters.length)]!;
    const scale = spread / Math.sqrt(dimensions);
    return unit(centre.map((value) => value + gaussian(random) * scale));
  };
  return {
    entries: Array.from({ length: count }, (_, i) => ({ label: i + 1, vector: near() })),
    queries: Array.from({ length: queries }, near),
  };
}

/** Share of the true nearest that were found. */
export function recall(found: readonly { label: number }[], truth: readonly { label: number }[]): number {
  const labels = new Set(found.map((match) => match.label));
  return truth.filter((match) => labels.has(match.label)).length / Math.max(1, truth.length);
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'fihrist-index-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export function snapshotFiles(folder: string, ending: '.hnsw' | '.json'): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

/** Whether a volume can be made here: only the system's administrator may, and not in every container. */
export function canMountVolumes(): boolean {
  const folder = makeFolder();
  try {
    mountSmallVolume(folder, 64).unmount();
    return true;
  } catch {
    return false;
  } finally {
    removeFolder(folder);
  }
}

/** Puts `folder` on a volume of its own that is `sizeKb` small, so that it can really be full. */
export function mountSmallVolume(folder: string, sizeKb: number) {
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' });
  run('mount', '-t', 'tmpfs', '-o', `size=${sizeKb}k`, 'tmpfs', folder);
  return {
    grow: (toKb: number) => run('mount', '-o', `remount,size=${toKb}k`, folder),
    unmount: () => run('umount', folder),
  };
}

/** Runs `action` without the administrator's right to write everywhere, which tests in containers often have. */
export async function asOrdinaryUser<Result>(action: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return action();
  process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
  }
}
