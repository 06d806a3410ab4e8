import type { SearchFilter } from '../domain/search-filter.js';
import type { KeyScope } from '../keys/key-store.js';
import type { WatchSearch } from '../search/watch-search.js';

/** For whom a request is answered, and until when. Whoever reads the archive for a caller must be given it. */
export interface ReadAccess {
  /** Articles that the caller may see; null when all. Whatever is outside does not exist for the caller. */
  readonly filter: SearchFilter | null;
  /** What else the caller may do. */
  readonly scopes: readonly KeyScope[];
  /** Fires when the caller has gone away, or the time limit of the route's lane is reached. */
  readonly signal: AbortSignal;
  /** Every search for the caller is run through it; in an answer, it waits here for its turn. */
  readonly watch: WatchSearch;
}

/** The same for routes that may change something. */
export interface Access extends ReadAccess {
  /**
   * To be called right before a change goes to disk, which `signal` does not stop any more.
   * @throws what `signal` has fired with; then there must be no change
   */
  readonly beginChange: () => void;
}
