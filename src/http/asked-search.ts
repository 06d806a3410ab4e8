import type { SearchRequest } from '../search/search-request.js';
import type { RecordedStages } from '../telemetry/search-stages.js';

/** A search that was run to answer a request, and what it told of itself. */
export interface AskedSearch {
  readonly request: SearchRequest;
  readonly stages: RecordedStages;
  readonly startedAt: number;
  /** Null when it was not over when the request was: the caller had gone. */
  endedAt: number | null;
}
