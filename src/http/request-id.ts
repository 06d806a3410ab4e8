import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { redactKeys } from '../keys/key-text.js';

const HEADER = 'x-request-id';
const ACCEPTABLE = /^[\w-]{1,64}$/;

/** Gives the reply the caller's own request id when it is a harmless one, else a random one. Ids are logged: keys are none. */
export function assignRequestId(req: IncomingMessage, res: ServerResponse): void {
  const given = req.headers[HEADER];
  const isHarmless = typeof given === 'string' && ACCEPTABLE.test(given) && redactKeys(given) === given;
  res.setHeader(HEADER, isHarmless ? given : randomUUID());
}

export function requestIdOf(res: ServerResponse): string {
  return String(res.getHeader(HEADER));
}
