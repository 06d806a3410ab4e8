import { workerData } from 'node:worker_threads';
import { collectGarbage } from '../memory/collect-garbage.js';
import { serveCalls } from '../threads/serve-calls.js';
import { openSnapshot } from './open-snapshot.js';
import { publishSnapshot } from './publish-snapshot.js';
import type { SnapshotCandidate } from './read-manifests.js';
import { SearchableVectors } from './searchable-vectors.js';
import type { VectorEntry } from './vector-index.js';

// The index thread: searches are answered as they come; changes and snapshots wait for each other.

export interface HnswlibIndexData {
  readonly folder: string;
  readonly dimensions: number;
  readonly space: string;
  /** The store's current one, to be written into snapshots. */
  readonly opening: string;
  readonly searchWidth?: number;
  readonly scanLimit?: number;
  readonly readOnly?: boolean;
}

export interface OpenReply {
  readonly snapshot: 'opened' | 'none' | 'rejected';
  readonly reason?: string;
  /** Of the snapshot; 0 without one. */
  readonly generation: number;
  /** Vectors in the index, here and in the replies to changes. */
  readonly size: number;
  /** All of them when they are at most SMALL_SIZE; else null. */
  readonly entries: readonly VectorEntry[] | null;
}

export interface SearchCall {
  readonly query: Float32Array;
  readonly limit: number;
  readonly searchWidth?: number;
  readonly labels?: Uint32Array;
}

/** Two arrays instead of a list of objects: a tenth of the cost on the way through a message port. */
export interface SearchReply {
  readonly labels: Uint32Array<ArrayBuffer>;
  readonly similarities: Float64Array<ArrayBuffer>;
}

export interface AddCall {
  readonly labels: Uint32Array<ArrayBuffer>;
  readonly vectors: Float32Array<ArrayBuffer>;
}

const data = workerData as HnswlibIndexData;
let vectors = new SearchableVectors(data);
let generation = 0;
let isPublished = true;
let lastChange: Promise<unknown> = Promise.resolve();

/** Runs `change` when all earlier ones are over, whether they succeeded or not. */
function afterOthers<Result>(change: () => Result | Promise<Result>): Promise<Result> {
  const result = lastChange.then(change);
  lastChange = result.catch(() => {});
  return result;
}

serveCalls({
  async open(candidates: readonly SnapshotCandidate[]): Promise<OpenReply> {
    const opened = await openSnapshot(data.folder, candidates, data);
    generation = opened.generation;
    const onCompacted = () => {
      isPublished = false;
      // The old graph is garbage, and as large as the new one, of which V8 sees nothing: it would stay, and others after it. It may
      // be the one that a snapshot is written of: not before that is over.
      void afterOthers(collectGarbage);
    };
    vectors = new SearchableVectors({ ...data, onCompacted }, opened.vectors ?? undefined);
    const { snapshot, reason } = opened;
    const { size } = vectors;
    const entries = vectors.entriesIfSmall();
    return { snapshot, generation, size, entries, ...(reason === undefined ? {} : { reason }) };
  },

  search(call: SearchCall): SearchReply {
    const matches = vectors.search(call.query, call);
    // Loops: `from` with a function takes ten times as long.
    const labels = new Uint32Array(matches.length);
    const similarities = new Float64Array(matches.length);
    for (const [i, match] of matches.entries()) {
      labels[i] = match.label;
      similarities[i] = match.similarity;
    }
    return { labels, similarities };
  },

  add: ({ labels, vectors: rows }: AddCall) =>
    afterOthers(async () => {
      if (labels.length > 0) isPublished = false;
      await vectors.add(labels, rows);
      return vectors.size;
    }),

  remove: (labels: readonly number[]) =>
    afterOthers(async () => {
      if ((await vectors.remove(labels)) > 0) isPublished = false;
      return vectors.size;
    }),

  labels: () => afterOthers(() => vectors.labels()),

  publishSnapshot: () =>
    afterOthers(async () => {
      if (isPublished || data.readOnly === true) return;
      const { folder, space, opening } = data;
      const { graph } = vectors;
      isPublished = true;
      try {
        generation = await publishSnapshot({
          folder,
          space,
          opening,
          graph,
          labels: vectors.labels(),
          previousGeneration: generation,
        });
      } catch (error) {
        isPublished = false;
        throw error;
      }
    }),

  close: () =>
    afterOthers(() => {
      vectors.stopCompaction();
      return vectors.compaction;
    }),
});
