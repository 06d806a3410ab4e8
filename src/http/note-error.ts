import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { FihristError } from '../domain/errors.js';
import { logFieldsOf } from './log-fields.js';
import { replyFacts } from './reply-facts.js';
import { requestIdOf } from './request-id.js';

/** Of those that are turned away there are many, and the line of each request tells its code. */
const TURNED_AWAY: ReadonlySet<string> = new Set(['OVERLOADED', 'MEMORY_SHORT']);

/**
 * Notes that a request failed, in the log and for its observers.
 * @returns What the caller may be told: what is not in the catalogue becomes INTERNAL.
 */
export function noteError(
  res: ServerResponse,
  error: unknown,
  { logger }: { readonly logger: Logger },
): FihristError {
  const requestId = requestIdOf(res);
  const known = error instanceof FihristError ? error : internalError(requestId, error);
  replyFacts(res).errorCode = known.code;
  if (known.fault === 'bug') {
    logger.error({ ...logFieldsOf(res), err: known === error ? known : error }, 'request failed');
  } else if (known.fault === 'operator' && !TURNED_AWAY.has(known.code)) {
    logger.warn({ ...logFieldsOf(res), code: known.code, reason: known.message }, 'request refused');
  }
  return known;
}

function internalError(requestId: string, cause: unknown): FihristError {
  return new FihristError(
    'INTERNAL',
    `Something went wrong that should not have; the log has the details under request id ${requestId}.`,
    { details: { request_id: requestId }, cause },
  );
}
