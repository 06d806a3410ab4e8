import { DEFAULT_SILENCE_LIMIT_MS, type ThreadWatchOptions, WorkerThread } from '../threads/worker-thread.js';
import { checkEntries, checkVector } from './check-vector.js';
import type {
  AddCall,
  HnswlibIndexData,
  OpenReply,
  SearchCall,
  SearchReply,
} from './hnswlib-index-worker.js';
import { NearVectors } from './near-vectors.js';
import { readManifests } from './read-manifests.js';
import { LAST_LABEL, type LabelledOpening } from './trusted-labels.js';
import type {
  VectorEntry,
  VectorIndex,
  VectorLabel,
  VectorMatch,
  VectorSearchOptions,
} from './vector-index.js';

/** How many times longer than a thread may be silent a snapshot may take: a slow disk is not a hanging one. */
const LONGEST_PUBLISHING = 5;

export interface HnswlibVectorIndexOptions extends ThreadWatchOptions {
  /** Where snapshots are kept; made when one is published. */
  readonly folder: string;
  readonly dimensions: number;
  /** Names what the vectors are (model fingerprint, centring): a snapshot of another space is not used. */
  readonly space: string;
  /** Of the store, the oldest first; snapshots of no known one are not used. Unset: all labels are trusted. */
  readonly openings?: readonly LabelledOpening[];
  /** Candidates kept while walking the graph. Default: 80; 150 finds .998. Raised to 2 × limit where that is more. */
  readonly searchWidth?: number;
  /** A filter that keeps at most this many labels is answered by comparing each. Default: 20,000. */
  readonly scanLimit?: number;
  /** For a process beside the one that writes: nothing in the folder is changed, publishing does nothing. Default: false. */
  readonly readOnly?: boolean;
  /** The compiled hnswlib-index-worker.js. Default: the one beside this file. */
  readonly workerFile?: URL;
}

export interface OpenedVectorIndex {
  readonly index: VectorIndex;
  /** `opened`: filled from a snapshot. `none`: there was none. `rejected`: there was, but none that could be trusted. */
  readonly snapshot: 'opened' | 'none' | 'rejected';
  /** Why the newest snapshot was not used; also when the previous one was opened in its place. */
  readonly reason?: string;
  /** Labels beyond this one may have another vector than the store's: they are to be put in anew. */
  readonly trustedUpTo: number;
}

/**
 * Opens an approximate index whose graph lives in a thread of its own. What it holds afterwards is some earlier state
 * or nothing: the caller compares `labels()` with the store and adds and removes the difference.
 * Never fails over what the folder holds; a damaged snapshot is left aside and the result says so.
 */
export async function openHnswlibVectorIndex(options: HnswlibVectorIndexOptions): Promise<OpenedVectorIndex> {
  const { workerFile, onStopped, onSilent, silenceLimitMs, openings, ...settings } = options;
  const data: HnswlibIndexData = { ...settings, opening: openings?.at(-1)?.id ?? '' };
  const thread = new WorkerThread({
    name: 'vector-index',
    file: workerFile ?? new URL('./hnswlib-index-worker.js', import.meta.url),
    data,
    // Loading a large graph is one native call; writing one goes on beside the thread.
    patientWith: ['open'],
    limitsMs: { publishSnapshot: LONGEST_PUBLISHING * (silenceLimitMs ?? DEFAULT_SILENCE_LIMIT_MS) },
    ...(onStopped === undefined ? {} : { onStopped }),
    ...(onSilent === undefined ? {} : { onSilent }),
    ...(silenceLimitMs === undefined ? {} : { silenceLimitMs }),
  });
  try {
    const manifests = await readManifests(options.folder, options);
    const { size, generation, entries, ...reply } = await thread.call<OpenReply>('open', manifests);
    const opened = manifests.find((candidate) => candidate.generation === generation);
    const trustedUpTo = opened !== undefined && 'trustedUpTo' in opened ? opened.trustedUpTo : LAST_LABEL;
    const near = entries === null ? null : new NearVectors(options.dimensions, entries);
    const index = new HnswlibVectorIndex({ thread, dimensions: options.dimensions, size, near });
    return { index, trustedUpTo, ...reply };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

interface Opened {
  readonly thread: WorkerThread;
  readonly dimensions: number;
  readonly size: number;
  readonly near: NearVectors | null;
}

class HnswlibVectorIndex implements VectorIndex {
  readonly dimensions: number;
  readonly #thread: WorkerThread;
  /** What the thread holds while that is little: changed when the thread has changed. */
  readonly #near: NearVectors | null;
  /** As of the last change that is complete: asked for by every search, which need not wake the thread for it. */
  #size: number;
  #changes = 0;
  #closing: Promise<void> | null = null;

  constructor({ thread, dimensions, size, near }: Opened) {
    this.#thread = thread;
    this.dimensions = dimensions;
    this.#size = size;
    this.#near = near;
  }

  async search(query: Float32Array, options: VectorSearchOptions): Promise<VectorMatch[]> {
    checkVector(query, this.dimensions);
    const found = this.#near?.search(query, options);
    if (found != null) return found;
    // A view would take its whole buffer along.
    const call: SearchCall = { ...options, query: query.slice() };
    const { labels, similarities } = await this.#thread.call<SearchReply>('search', call);
    const matches: VectorMatch[] = [];
    for (let i = 0; i < labels.length; i++) {
      matches.push({ label: labels[i] as number, similarity: similarities[i] as number });
    }
    return matches;
  }

  async size(): Promise<number> {
    return this.#size;
  }

  async changes(): Promise<number> {
    return this.#changes;
  }

  async add(entries: readonly VectorEntry[]): Promise<void> {
    checkEntries(entries, this.dimensions);
    const labels = Uint32Array.from(entries, ({ label }) => label);
    const vectors = new Float32Array(entries.length * this.dimensions);
    entries.forEach(({ vector }, i) => {
      vectors.set(vector, i * this.dimensions);
    });
    const call: AddCall = { labels, vectors };
    await this.#change(async () => {
      const size = await this.#thread.call<number>('add', call, [labels.buffer, vectors.buffer]);
      this.#near?.add(entries);
      return size;
    });
  }

  async remove(labels: readonly VectorLabel[]): Promise<void> {
    await this.#change(async () => {
      const size = await this.#thread.call<number>('remove', labels);
      this.#near?.remove(labels);
      return size;
    });
  }

  labels(): Promise<Uint32Array> {
    return this.#thread.call('labels');
  }

  publishSnapshot(): Promise<void> {
    return this.#thread.call('publishSnapshot');
  }

  /** Waits for changes under way; what was not published is built again from the store. */
  close(): Promise<void> {
    this.#closing ??= this.#thread.call<void>('close').finally(() => this.#thread.terminate());
    return this.#closing;
  }

  /** @param change  Gives the size afterwards. */
  async #change(change: () => Promise<number>): Promise<void> {
    this.#changes += 1;
    try {
      this.#size = await change();
    } finally {
      this.#changes += 1;
    }
  }
}
