import type { IncomingMessage, ServerResponse } from 'node:http';

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/**
 * Tells when a caller does not get the body of its request across in time. In place of the limit of node's own server,
 * which no route could lift.
 */
export function limitArrival(
  req: IncomingMessage,
  res: ServerResponse,
  { limitMs, onLate }: { readonly limitMs: number; readonly onLate: () => void },
): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = req.headers;
  if (encoding === undefined && length === '0') return;
  const timer = setTimeout(onLate, limitMs);
  timers.set(req, timer);
  req.once('end', () => clearTimeout(timer));
  res.once('close', () => clearTimeout(timer));
}

/** For a body that may take as long as it likes, as long as it comes in. */
export function liftArrivalLimit(req: IncomingMessage): void {
  clearTimeout(timers.get(req));
}
