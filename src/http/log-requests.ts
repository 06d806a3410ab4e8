import type { Logger } from 'pino';
import { toLogFields } from './log-fields.js';
import type { RequestObserver } from './observe-request.js';

/**
 * Writes one line for each request that is over: who asked what for, from where, and what came of it. Never what was
 * asked, which is in the body, and never a secret.
 */
export function logRequests(logger: Logger): RequestObserver {
  return ({
    route,
    method,
    path,
    address,
    keyId,
    redactedQuery,
    status,
    errorCode,
    durationMs,
    ...request
  }) => {
    if (!logger.isLevelEnabled('info')) return;
    logger.info(
      {
        ...toLogFields(request),
        method,
        path,
        ...(redactedQuery === null ? {} : { query: redactedQuery }),
        route: route?.operationId ?? null,
        status,
        ...(errorCode === null ? {} : { code: errorCode }),
        ...(status === null ? { aborted: true } : {}),
        key_id: keyId,
        address,
        ms: Math.round(durationMs * 10) / 10,
      },
      'request',
    );
  };
}
