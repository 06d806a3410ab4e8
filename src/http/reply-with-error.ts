import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { FihristError } from '../domain/errors.js';
import { replyFacts } from './reply-facts.js';
import { requestIdOf } from './request-id.js';
import { sendJson } from './send-json.js';
import { toWireError } from './wire-format.js';

/** Seconds after which a 503 is worth another try. */
const RETRY_AFTER_S = 5;

/**
 * Answers a request that failed. What is not in the catalogue becomes INTERNAL and is logged with its stack;
 * the caller gets the request id to ask for it, never the stack.
 */
export function replyWithError(
  res: ServerResponse,
  error: unknown,
  { logger }: { readonly logger: Logger },
): void {
  // The caller has gone: the search was stopped for that reason, and there is nobody to tell.
  if (res.destroyed) return;
  const requestId = requestIdOf(res);
  const known = error instanceof FihristError ? error : internalError(requestId, error);
  replyFacts(res).errorCode = known.code;
  if (known.fault === 'bug') {
    logger.error({ request_id: requestId, err: known === error ? known : error }, 'request failed');
  } else if (known.fault === 'operator' && known.code !== 'OVERLOADED') {
    // Of those that are turned away there are many, and the line of each request tells its code.
    logger.warn({ request_id: requestId, code: known.code, reason: known.message }, 'request refused');
  }
  if (res.headersSent) {
    // Half a reply cannot become an error reply; cutting it is the only way to say that it is not whole.
    res.destroy();
    return;
  }
  res.setHeader('cache-control', 'no-store');
  if (known.httpStatus === 503 && !res.hasHeader('retry-after')) res.setHeader('retry-after', RETRY_AFTER_S);
  const toBody = replyFacts(res).route?.errorReply?.toBody ?? toWireError;
  sendJson(res, known.httpStatus, toBody(known));
}

function internalError(requestId: string, cause: unknown): FihristError {
  return new FihristError(
    'INTERNAL',
    `Something went wrong that should not have; the log has the details under request id ${requestId}.`,
    { details: { request_id: requestId }, cause },
  );
}
