import type { SearchStages } from '../telemetry/search-stages.js';
import type { SearchResult } from './search-passages.js';
import type { SearchRequest } from './search-request.js';

/** Runs a search, and keeps what it tells of itself. @throws what the search throws */
export type WatchSearch = (
  request: SearchRequest,
  search: (stages: SearchStages) => Promise<SearchResult>,
) => Promise<SearchResult>;
