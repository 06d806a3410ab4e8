import type { ArticleStoreReader, PassageRecord } from '../storage/article-store.js';

/** With passages of usual length, about 8 MB. */
const MOST_RECORDS = 4_000;

/**
 * The passages that were shown before, with what is shown beside them: read from the store once and kept for as long
 * as nothing changes there. What people look for, many look for.
 * Memory: at most `mostRecords` and those of one page; beyond that it starts anew.
 */
export class KeptPassageRecords {
  readonly #store: Pick<ArticleStoreReader, 'passageRecords'>;
  readonly #mostRecords: number;
  #generation = -1;
  #kept = new Map<number, PassageRecord>();

  /** @param mostRecords  Default: 4,000. */
  constructor(store: Pick<ArticleStoreReader, 'passageRecords'>, mostRecords = MOST_RECORDS) {
    this.#store = store;
    this.#mostRecords = mostRecords;
  }

  /** Frees what is kept. */
  forget(): void {
    this.#kept = new Map();
  }

  /**
   * @param generation  Of the store, read before: what was kept of an older one is forgotten.
   * @returns By label; labels that are gone are left out, others may be there too.
   */
  async of(labels: readonly number[], generation: number): Promise<ReadonlyMap<number, PassageRecord>> {
    if (generation > this.#generation || this.#kept.size > this.#mostRecords) {
      this.#generation = Math.max(generation, this.#generation);
      this.#kept = new Map();
    }
    // Another search may start anew while this one reads: each fills the map that it found.
    const kept = this.#kept;
    const missing = labels.filter((label) => !kept.has(label));
    if (missing.length > 0) {
      for (const record of await this.#store.passageRecords(missing)) kept.set(record.label, record);
    }
    return kept;
  }
}
