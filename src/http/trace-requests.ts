import type { RequestObserver } from './observe-request.js';
import { toServedRequest } from './to-served-request.js';

/** Ends the spans of requests that are over. */
export const traceRequests: RequestObserver = (ended) => ended.trace?.end(toServedRequest(ended));
