import type { FlatVectors } from './flat-vectors.js';
import { HnswlibGraph } from './hnswlib-graph.js';
import { timeSlices } from './time-slice.js';

export interface RebuiltGraph {
  readonly graph: HnswlibGraph;
  /** Labels that went while it was being built: in the graph, marked as deleted. */
  readonly deleted: Set<number>;
}

/**
 * Builds a graph anew from the plain vectors, in slices, while searches and changes go on elsewhere in the thread.
 * Whoever changes a label meanwhile calls `noteChange`; such labels are brought up to date at the end.
 */
export class GraphRebuild {
  readonly #flat: FlatVectors;
  readonly #graph: HnswlibGraph;
  readonly #live = new Set<number>();
  readonly #deleted = new Set<number>();
  readonly #changed = new Set<number>();
  #isStopped = false;

  constructor(flat: FlatVectors) {
    this.#flat = flat;
    this.#graph = HnswlibGraph.empty(flat.dimensions, flat.size);
  }

  noteChange(label: number): void {
    this.#changed.add(label);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /**
   * @param sliceMs  Runs so long before others get the thread.
   * @param use  Called once, when the graph is up to date and before anything else can change; not after `stop`.
   * Cost: as building it the first time: about 106 s for 100,000 points, spread out.
   */
  async run(sliceMs: number, use: (rebuilt: RebuiltGraph) => void): Promise<void> {
    const pause = timeSlices(sliceMs);
    for (const label of this.#flat.labels()) {
      if (this.#isStopped) return;
      if (!this.#live.has(label)) this.#bring(label);
      await pause();
    }
    for (const label of this.#changed) {
      if (this.#isStopped) return;
      this.#changed.delete(label);
      this.#bring(label);
      await pause();
    }
    if (!this.#isStopped) use({ graph: this.#graph, deleted: this.#deleted });
  }

  #bring(label: number): void {
    const vector = this.#flat.vector(label);
    if (vector === null) {
      if (!this.#live.delete(label)) return;
      this.#graph.markDeleted(label);
      this.#deleted.add(label);
      return;
    }
    const known = this.#live.has(label) ? 'live' : this.#deleted.has(label) ? 'deleted' : 'nothing';
    this.#graph.put(label, vector, known);
    this.#live.add(label);
    this.#deleted.delete(label);
  }
}
