import type { Logger } from 'pino';
import type { SearchRequest } from '../search/search-request.js';
import type { RecordedStages } from '../telemetry/search-stages.js';
import { withSnakeCaseKeys } from '../text/with-snake-case-keys.js';
import { toLogFields } from './log-fields.js';
import type { RequestObserver } from './observe-request.js';

export interface SlowSearchOptions {
  /** From how many milliseconds on a search is slow. Minimum: 1. */
  readonly thresholdMs: number;
  /** Whether the question is logged too. */
  readonly showsQuery: boolean;
  readonly logger: Logger;
  /** Told of each. */
  readonly onSlow: () => void;
}

/** Writes one line for each search that took long, with where its time went; also for one that failed or was left. */
export function logSlowSearches(options: SlowSearchOptions): RequestObserver {
  const { thresholdMs, showsQuery, logger, onSlow } = options;
  return ({ startedAt, durationMs, searches, status, errorCode, ...request }) => {
    for (const search of searches) {
      const tookMs = (search.endedAt ?? startedAt + durationMs) - search.startedAt;
      if (tookMs < thresholdMs) continue;
      onSlow();
      logger.warn(
        {
          ...toLogFields(request),
          status,
          ...(errorCode === null ? {} : { code: errorCode }),
          ms: toTenths(tookMs),
          stages_ms: stagesOf(search.stages),
          candidates: withSnakeCaseKeys(search.stages.counts),
          search: describeSearch(search.request, showsQuery),
        },
        'slow search',
      );
    }
  };
}

function stagesOf(stages: RecordedStages): Record<string, number> {
  return Object.fromEntries(Object.entries(stages.totalMs()).map(([stage, ms]) => [stage, toTenths(ms)]));
}

/** What tells why it may have been slow; of the question its length, and itself only where that is wanted. */
function describeSearch(
  { query, mode, limit, offset, languages, filters, groupBy }: SearchRequest,
  showsQuery: boolean,
) {
  return {
    query_characters: query.length,
    ...(showsQuery ? { query } : {}),
    mode,
    limit,
    offset,
    is_narrowed: languages !== undefined || filters !== undefined,
    is_grouped: groupBy !== undefined,
  };
}

function toTenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
