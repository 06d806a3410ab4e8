import { FlatVectors, toUnitLength } from './flat-vectors.js';
import { HnswlibGraph } from './hnswlib-graph.js';
import { LabelFilter } from './label-filter.js';
import { SMALL_SIZE } from './near-vectors.js';
import { GraphRebuild } from './rebuild-graph.js';
import { timeSlices } from './time-slice.js';
import { byNearness } from './top-matches.js';
import type { VectorEntry, VectorMatch } from './vector-index.js';

export interface SearchableVectorsOptions {
  readonly dimensions: number;
  /** Candidates kept while walking the graph. Default: 80. */
  readonly searchWidth?: number;
  /** A filter that keeps at most this many rows is answered by comparing each. Default: 20,000 (6 ms). */
  readonly scanLimit?: number;
  /** Called when a graph without deleted points has taken the place of the old one. */
  readonly onCompacted?: () => void;
}

/** What a snapshot brings along. */
export interface LoadedVectors {
  readonly graph: HnswlibGraph;
  readonly flat: FlatVectors;
  /** Labels that are in the graph, marked as deleted. */
  readonly deleted: readonly number[];
}

const DEFAULT_SEARCH_WIDTH = 80;
const DEFAULT_SCAN_LIMIT = 20_000;
const SCAN_SHARE = 0.1;
const SLICE_MS = 1;
/** Deleted points are walked through in vain; beyond this share the graph is built anew. */
const COMPACTION_SHARE = 0.25;
const COMPACTION_MINIMUM = 256;

/**
 * A graph to find what is near and the plain vectors beside it, which give exact answers to narrow filters, and the
 * material to build the graph anew. Changes must come one after the other; searches may come between.
 */
export class SearchableVectors {
  readonly #dimensions: number;
  readonly #searchWidth: number;
  readonly #scanLimit: number;
  readonly #onCompacted: () => void;
  readonly #flat: FlatVectors;
  #graph: HnswlibGraph;
  #deleted: Set<number>;
  #rebuild: GraphRebuild | null = null;
  #compaction: Promise<void> = Promise.resolve();

  constructor(options: SearchableVectorsOptions, loaded?: LoadedVectors) {
    this.#dimensions = options.dimensions;
    this.#searchWidth = options.searchWidth ?? DEFAULT_SEARCH_WIDTH;
    this.#scanLimit = options.scanLimit ?? DEFAULT_SCAN_LIMIT;
    this.#onCompacted = options.onCompacted ?? (() => {});
    this.#flat = loaded?.flat ?? new FlatVectors(options.dimensions);
    this.#graph = loaded?.graph ?? HnswlibGraph.empty(options.dimensions);
    this.#deleted = new Set(loaded?.deleted);
  }

  get size(): number {
    return this.#flat.size;
  }

  get graph(): HnswlibGraph {
    return this.#graph;
  }

  labels(): Uint32Array {
    return this.#flat.labels();
  }

  /** All of them when they are at most SMALL_SIZE; else null. */
  entriesIfSmall(): VectorEntry[] | null {
    if (this.size > SMALL_SIZE) return null;
    return Array.from(this.labels(), (label) => ({
      label,
      vector: this.#flat.vector(label)?.slice() ?? new Float32Array(this.#dimensions),
    }));
  }

  /** @param query  Checked; any length but zero. */
  search(
    query: Float32Array,
    options: { limit: number; searchWidth?: number; labels?: Uint32Array },
  ): VectorMatch[] {
    const unit = toUnitLength(query, new Float32Array(this.#dimensions));
    const limit = Math.min(options.limit, this.size);
    const width = Math.max(options.searchWidth ?? this.#searchWidth, 2 * limit);
    if (limit <= 0) return [];
    return options.labels === undefined
      ? this.#searchAll(unit, limit, width)
      : this.#searchAmong(unit, options.labels, limit, width);
  }

  /**
   * Adds or replaces, in slices of 1 ms between which searches are answered; those see the part that is done.
   * All or none: what native code refuses midway (memory) is taken out again.
   * @param vectors  Shape [labels.length × dimensions].
   */
  async add(labels: Uint32Array, vectors: Float32Array): Promise<void> {
    const pause = timeSlices(SLICE_MS);
    const done: number[] = [];
    try {
      for (const [i, label] of labels.entries()) {
        this.#put(label, vectors.subarray(i * this.#dimensions, (i + 1) * this.#dimensions));
        done.push(label);
        await pause();
      }
    } catch (error) {
      await this.remove(done);
      throw error;
    }
  }

  /** Unknown labels are ignored. @returns how many were there */
  async remove(labels: Iterable<number>): Promise<number> {
    const pause = timeSlices(SLICE_MS);
    let removed = 0;
    for (const label of labels) {
      if (!this.#flat.delete(label)) continue;
      this.#graph.markDeleted(label);
      this.#deleted.add(label);
      this.#rebuild?.noteChange(label);
      removed += 1;
      await pause();
    }
    this.#compactIfWorthwhile();
    return removed;
  }

  /** The rebuild that goes on in the background, if one does; resolves when it is over. */
  get compaction(): Promise<void> {
    return this.#compaction;
  }

  stopCompaction(): void {
    this.#rebuild?.stop();
  }

  #compactIfWorthwhile(): void {
    const { count, deletedCount } = this.#graph;
    if (this.#rebuild !== null || deletedCount < COMPACTION_MINIMUM) return;
    if (deletedCount <= COMPACTION_SHARE * count) return;
    const rebuild = new GraphRebuild(this.#flat);
    this.#rebuild = rebuild;
    this.#compaction = rebuild
      .run(SLICE_MS, ({ graph, deleted }) => {
        this.#graph = graph;
        this.#deleted = deleted;
        this.#onCompacted();
      })
      // Out of memory, say: the old graph is as good, only larger, and the next removal tries again.
      .catch(() => {})
      .finally(() => {
        this.#rebuild = null;
      });
  }

  #put(label: number, vector: Float32Array): void {
    const isLive = this.#flat.has(label);
    const unit = this.#flat.set(label, vector);
    try {
      const known = isLive ? 'live' : this.#deleted.has(label) ? 'deleted' : 'nothing';
      this.#graph.put(label, unit, known);
      this.#deleted.delete(label);
      this.#rebuild?.noteChange(label);
    } catch (error) {
      if (!isLive) this.#flat.delete(label);
      throw error;
    }
  }

  #searchAll(unit: Float32Array, limit: number, width: number): VectorMatch[] {
    if (this.size <= SMALL_SIZE) return this.#flat.bestOfAll(unit, limit);
    const found = this.#near(unit, width);
    // A walk can miss parts of a graph; a promise of `limit` matches is kept all the same.
    return found.length < limit ? this.#flat.bestOfAll(unit, limit) : found.slice(0, limit);
  }

  /** What the graph finds and is here, by nearness. */
  #near(unit: Float32Array, width: number): VectorMatch[] {
    const found = this.#graph.near(unit, width).filter(({ label }) => this.#flat.has(label));
    return found.sort(byNearness);
  }

  #searchAmong(unit: Float32Array, labels: Uint32Array, limit: number, width: number): VectorMatch[] {
    const kept = new LabelFilter(labels);
    if (kept.size <= Math.max(this.#scanLimit, SCAN_SHARE * this.size)) {
      return this.#flat.best(unit, kept.labels, limit);
    }
    const wanted = Math.min(limit, kept.size);
    const share = kept.size / this.size;
    for (let fetch = Math.max(width, Math.ceil((2 * limit) / share)); fetch < this.size / 4; fetch *= 2) {
      const found = this.#near(unit, fetch).filter(({ label }) => kept.has(label));
      if (found.length >= wanted) return found.slice(0, limit);
    }
    return this.#flat.best(unit, kept.labels, limit);
  }
}
