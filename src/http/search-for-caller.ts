import type { ServerResponse } from 'node:http';
import type { SearchResult } from '../search/search-passages.js';
import type { SearchRequest } from '../search/search-request.js';
import { RecordedStages } from '../telemetry/search-stages.js';
import type { Access } from './access.js';
import type { AskedSearch } from './asked-search.js';
import type { HttpServerOptions } from './http-server-options.js';
import { replyFacts } from './reply-facts.js';

/**
 * Runs a search to answer a request: it is stopped when the caller goes away, and what it tells of itself goes into the
 * facts of the reply, where the log, the metrics and the trace find it. Every route searches through this.
 * @throws what the search throws
 */
export async function searchForCaller(
  search: HttpServerOptions['search'],
  request: SearchRequest,
  { res, access }: { readonly res: ServerResponse; readonly access: Access },
): Promise<SearchResult> {
  const stages = new RecordedStages();
  const asked: AskedSearch = { request, stages, startedAt: performance.now(), endedAt: null };
  replyFacts(res).searches.push(asked);
  try {
    return await search(request, { ...access, stages });
  } finally {
    asked.endedAt = performance.now();
  }
}
