import type { SearchResult } from '../search/search-passages.js';
import type { SearchRequest } from '../search/search-request.js';
import type { Access } from './access.js';
import type { HttpServerOptions } from './http-server-options.js';

/**
 * Runs a search to answer a request: it is stopped when the caller goes away, and what it tells of itself goes into the
 * facts of the reply, where the log, the metrics and the trace find it. Every route searches through this.
 * @throws what the search throws
 */
export function searchForCaller(
  search: HttpServerOptions['search'],
  request: SearchRequest,
  access: Access,
): Promise<SearchResult> {
  return access.watch(request, (stages) => search(request, { ...access, stages }));
}
