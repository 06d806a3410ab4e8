import type { ServiceMetrics } from '../telemetry/service-metrics.js';
import type { RequestObserver } from './observe-request.js';
import { toServedRequest } from './to-served-request.js';

/** Counts each request that is over. */
export function measureRequests(metrics: ServiceMetrics): RequestObserver {
  return (ended) => metrics.served(toServedRequest(ended));
}
