import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ArticleStoreReader } from '../storage/article-store.js';
import type { CacheFigures } from '../telemetry/cache-figures.js';
import type { VectorIndexWriter } from '../vector-index/vector-index.js';
import type { SearchResult } from './search-passages.js';
import type { SearchRequest } from './search-request.js';
import { sizeOfResult } from './size-of-result.js';

export interface KeptResultsOptions {
  readonly store: Pick<ArticleStoreReader, 'generation'>;
  readonly index: Pick<VectorIndexWriter, 'changes'>;
  /** Of all results that are kept; the one that was not asked for longest goes first. Minimum: 1. */
  readonly mostBytes: number;
}

/**
 * Results of searches, for when the same is asked again: the same request finds the same as long as nothing changes in
 * store and index, for it depends on nothing else. The store is ahead of the index while a change is on its way, so
 * both are looked at, before the search and after it; what was found while anything changed is not kept.
 *
 * A result is handed out again as it is: nobody may write to it. Of requests only hashes are kept.
 * Cost: two reads of the generation, of which each costs a few microseconds.
 */
export class KeptResults {
  readonly #store: KeptResultsOptions['store'];
  readonly #index: KeptResultsOptions['index'];
  readonly #kept: LRUCache<string, SearchResult>;
  /** What the results were found in. */
  #state = '';
  #hits = 0;
  #misses = 0;

  constructor({ store, index, mostBytes }: KeptResultsOptions) {
    this.#store = store;
    this.#index = index;
    this.#kept = new LRUCache({ maxSize: mostBytes, sizeCalculation: sizeOfResult });
  }

  /** @param find  Runs the search; what it throws is thrown, and not kept. */
  async of(request: SearchRequest, find: () => Promise<SearchResult>): Promise<SearchResult> {
    const key = keyOf(request);
    const before = await this.#currentState();
    if (before !== this.#state) {
      this.#kept.clear();
      this.#state = before;
    }
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#hits += 1;
      return kept;
    }
    this.#misses += 1;
    const result = await find();
    const after = await this.#currentState();
    if (after === before && after === this.#state) this.#kept.set(key, result);
    return result;
  }

  /** Frees what is kept. */
  forget(): void {
    this.#kept.clear();
  }

  figures(): CacheFigures {
    return {
      hits: this.#hits,
      misses: this.#misses,
      entries: this.#kept.size,
      sizeBytes: this.#kept.calculatedSize,
    };
  }

  async #currentState(): Promise<string> {
    const [generation, changes] = await Promise.all([this.#store.generation(), this.#index.changes()]);
    return `${generation} ${changes}`;
  }
}

/** Of all fields, so that none that is added some day can be forgotten here. */
function keyOf(request: SearchRequest): string {
  const fields = Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify(fields), 'base64');
}
