import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { VectorIndex } from '../../src/vector-index/vector-index.js';
import {
  clusteredVectors,
  INDEX_ADAPTERS,
  makeFolder,
  openHnswlib,
  removeFolder,
  snapshotFiles,
} from './vector-index-fixtures.js';

export const DIMENSIONS = 16;
export const { entries, queries } = clusteredVectors({ count: 1_200, dimensions: DIMENSIONS, queries: 30 });

/** The exact adapter keeps nothing on disk: it is filled from the store at every start, so there is nothing to test. */
export const SNAPSHOT_ADAPTERS = INDEX_ADAPTERS.filter((adapter) => adapter.keepsSnapshots);

export type OpenOptions = Parameters<typeof openHnswlib>[1];

/** A folder for the snapshots of one test, and at most one index that is open on it. */
export class SnapshotFolder {
  readonly path = makeFolder();
  readonly #published: string;
  #index: VectorIndex | null = null;

  constructor(published: string) {
    this.#published = published;
  }

  /** Closes the index that was open before. */
  async open(options: OpenOptions = {}, at = this.path) {
    await this.close();
    const opened = await openHnswlib(at, options);
    this.#index = opened.index;
    return opened;
  }

  async close(): Promise<void> {
    await this.#index?.close();
    this.#index = null;
  }

  /** Puts a snapshot of all entries into the folder. */
  publishAll(): void {
    cpSync(this.#published, this.path, { recursive: true });
  }

  /** The newest. */
  graphFile(): string {
    return snapshotFiles(this.path, '.hnsw').at(-1)!;
  }

  /** Overwrites bytes of the newest graph; `at` from the start, or from the end when negative. */
  damage(at: number, length: number): void {
    const bytes = readFileSync(this.graphFile());
    const start = at < 0 ? bytes.length + at : at;
    for (let i = start; i < Math.min(bytes.length, start + length); i += 1) bytes[i] = (bytes[i]! + 91) & 255;
    writeFileSync(this.graphFile(), bytes);
  }
}

/** Gives each test of a suite a SnapshotFolder of its own. */
export function useSnapshotFolder(): () => SnapshotFolder {
  let published: string;
  let current: SnapshotFolder;
  beforeAll(async () => {
    published = makeFolder();
    const { index } = await openHnswlib(published);
    await index.add(entries);
    await index.publishSnapshot();
    await index.close();
  });
  afterAll(() => removeFolder(published));
  beforeEach(() => {
    current = new SnapshotFolder(published);
  });
  afterEach(async () => {
    await current.close();
    removeFolder(current.path);
  });
  return () => current;
}
