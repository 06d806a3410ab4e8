import type { ServedRequest } from '../telemetry/served-request.js';
import type { EndedRequest } from './observe-request.js';

/** What metrics and traces see of a request that is over. */
export function toServedRequest({
  method,
  route,
  status,
  errorCode,
  startedAt,
  durationMs,
  searches,
}: EndedRequest): ServedRequest {
  return {
    method,
    route: route?.path ?? null,
    isLight: route?.lane === 'light',
    status,
    errorCode,
    startedAt,
    endedAt: startedAt + durationMs,
    stages: searches.flatMap(({ stages }) => stages.times),
  };
}
