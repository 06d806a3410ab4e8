import type { ServerResponse } from 'node:http';
import type { WatchSearch } from '../search/watch-search.js';
import { RecordedStages } from '../telemetry/search-stages.js';
import type { AskedSearch } from './asked-search.js';
import { replyFacts } from './reply-facts.js';

/** Puts what searches tell of themselves into the facts of a reply, where the log, the metrics and the trace find it. */
export function watchSearches(res: ServerResponse): WatchSearch {
  return async (request, search) => {
    const stages = new RecordedStages();
    const asked: AskedSearch = { request, stages, startedAt: performance.now(), endedAt: null };
    replyFacts(res).searches.push(asked);
    try {
      return await search(stages);
    } finally {
      asked.endedAt = performance.now();
    }
  };
}
