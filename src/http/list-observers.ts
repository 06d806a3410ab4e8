import type { HttpServerOptions } from './http-server-options.js';
import { logRequests } from './log-requests.js';
import { logSlowSearches } from './log-slow-searches.js';
import { measureRequests } from './measure-requests.js';
import type { RequestObserver } from './observe-request.js';
import { traceRequests } from './trace-requests.js';

/** Everybody who is told of a request that is over. */
export function listObservers(options: HttpServerOptions): readonly RequestObserver[] {
  const { logger, metrics, tracer, slowSearches, observers = [] } = options;
  return [
    logRequests(logger),
    ...(metrics === undefined ? [] : [measureRequests(metrics)]),
    ...(tracer === undefined ? [] : [traceRequests]),
    ...(slowSearches === undefined
      ? []
      : [logSlowSearches({ ...slowSearches, logger, onSlow: () => metrics?.wasSlow() })]),
    ...observers,
  ];
}
