import type { SearchStages } from '../telemetry/search-stages.js';

/** What belongs to one run of a search, and not to what is searched for. */
export interface SearchRun {
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Told while it runs where the time goes. Default: nobody. */
  readonly stages?: SearchStages | undefined;
}
