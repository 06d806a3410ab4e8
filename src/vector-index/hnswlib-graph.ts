import hnswlib from 'hnswlib-node';
import { checkLabel, checkVector } from './check-vector.js';
import { GRAPH_EF_CONSTRUCTION, GRAPH_M } from './graph-parameters.js';
import type { VectorMatch } from './vector-index.js';

const SMALLEST_CAPACITY = 1_024;

/** Native code that writes holds a bare pointer: a graph that was collected meanwhile would be read after it was freed. */
const beingWritten = new Set<HnswlibGraph>();

/**
 * The one door to hnswlib: checks everything before native code, which does not, and hides its life cycle.
 * Vectors must be of unit length; distances are hnswlib's inner product, 1 − cosine.
 * Not to be searched while it changes, nor changed while it is being written: its owner takes care of that.
 * Source: Malkov & Yashunin 2018; docs/decisions/0003-storage-and-index.md lists the traps.
 */
export class HnswlibGraph {
  readonly dimensions: number;
  readonly #native: hnswlib.HierarchicalNSW;
  #capacity: number;
  #count: number;
  #deleted: number;
  #searchWidth = 0;

  private constructor(
    native: hnswlib.HierarchicalNSW,
    shape: { dimensions: number; capacity: number; count: number; deleted: number },
  ) {
    this.#native = native;
    this.dimensions = shape.dimensions;
    this.#capacity = shape.capacity;
    this.#count = shape.count;
    this.#deleted = shape.deleted;
  }

  static empty(dimensions: number, capacity = SMALLEST_CAPACITY): HnswlibGraph {
    const native = new hnswlib.HierarchicalNSW('ip', dimensions);
    const room = Math.max(SMALLEST_CAPACITY, capacity);
    native.initIndex({ maxElements: room, m: GRAPH_M, efConstruction: GRAPH_EF_CONSTRUCTION });
    return new HnswlibGraph(native, { dimensions, capacity: room, count: 0, deleted: 0 });
  }

  /**
   * Loads a file whose manifest, length, checksum and layout were checked: a damaged one would end the process.
   * Always a fresh native object, since a failed load frees the one it was called on.
   */
  static read(file: string, shape: { dimensions: number; count: number; deleted: number }): HnswlibGraph {
    const native = new hnswlib.HierarchicalNSW('ip', shape.dimensions);
    native.readIndexSync(file);
    const count = native.getCurrentCount();
    if (count !== shape.count) throw new Error(`the graph has ${count} points, not ${shape.count}`);
    return new HnswlibGraph(native, { ...shape, capacity: native.getMaxElements() });
  }

  /** Points in the graph, deleted ones too. */
  get count(): number {
    return this.#count;
  }

  /** Points that are still walked through but never found. */
  get deletedCount(): number {
    return this.#deleted;
  }

  /**
   * Adds a point, or gives the point of this label another vector.
   * @param known  What the graph has under this label.
   * Cost: about 1 ms at 100,000 points; blocks its thread.
   */
  put(label: number, vector: Float32Array, known: 'nothing' | 'deleted' | 'live'): void {
    checkLabel(label);
    checkVector(vector, this.dimensions);
    if (known === 'nothing' && this.#count >= this.#capacity) this.#grow();
    this.#native.addPoint(Array.from(vector), label);
    if (known === 'nothing') this.#count += 1;
    if (known === 'deleted') this.#deleted -= 1;
  }

  /** The point stays in memory and in the way of searches, but is never found. It must be live. */
  markDeleted(label: number): void {
    checkLabel(label);
    this.#native.markDelete(label);
    this.#deleted += 1;
  }

  /**
   * @param query  Unit length.
   * @param width  Candidates kept while walking, and the most labels that come back.
   * @returns What is near the query, nearest first, perhaps fewer than there are. Similarities are the native code's, in
   * 32 bits, the same for the same two vectors: to compute them again would fetch each vector from memory twice.
   */
  near(query: Float32Array, width: number): VectorMatch[] {
    checkVector(query, this.dimensions);
    const reachable = Math.min(width, this.#count - this.#deleted);
    if (reachable <= 0) return [];
    if (this.#searchWidth !== width) {
      this.#native.setEf(width);
      this.#searchWidth = width;
    }
    const { neighbors, distances } = this.#native.searchKnn(Array.from(query), reachable);
    return neighbors.map((label, i) => ({
      label,
      similarity: Math.max(-1, Math.min(1, 1 - (distances[i] ?? 1))),
    }));
  }

  /**
   * Writes the graph beside whatever goes on in the thread; searches may go on, changes may not.
   * Resolves even when the disk was full or the folder is gone: the caller must check the file.
   */
  async write(file: string): Promise<void> {
    beingWritten.add(this);
    try {
      await this.#native.writeIndex(file);
    } finally {
      beingWritten.delete(this);
    }
  }

  #grow(): void {
    const capacity = Math.max(SMALLEST_CAPACITY, Math.ceil(this.#capacity * 1.5));
    this.#native.resizeIndex(capacity);
    this.#capacity = capacity;
  }
}
