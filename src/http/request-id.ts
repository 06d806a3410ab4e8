import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const HEADER = 'x-request-id';
const ACCEPTABLE = /^[\w-]{1,64}$/;

/** Gives the reply the caller's own request id when it is a harmless one, else a random one. */
export function assignRequestId(req: IncomingMessage, res: ServerResponse): void {
  const given = req.headers[HEADER];
  res.setHeader(HEADER, typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID());
}

export function requestIdOf(res: ServerResponse): string {
  return String(res.getHeader(HEADER));
}
