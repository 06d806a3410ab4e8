import type { Logger } from 'pino';
import type { RequestObserver } from './observe-request.js';

/** Writes one line for each request that is over. Never what was asked: that is in the body. */
export function logRequests(logger: Logger): RequestObserver {
  return ({ requestId, method, path, status, durationMs }) =>
    logger.info(
      {
        request_id: requestId,
        method,
        path,
        status,
        ...(status === null ? { aborted: true } : {}),
        ms: Math.round(durationMs * 10) / 10,
      },
      'request',
    );
}
