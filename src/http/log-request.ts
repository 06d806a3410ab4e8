import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { requestIdOf } from './request-id.js';

/** The path of a request target, without the part after `?`: what may be logged. */
export function pathOf(target: string | undefined): string {
  return target?.split('?', 1)[0] ?? '';
}

/** Writes one line when the reply is out, or the caller gone. Never what was asked: that is in the body. */
export function logRequest(req: IncomingMessage, res: ServerResponse, logger: Logger): void {
  const startedAt = performance.now();
  // Routing rewrites req.url, so it is read now.
  const { method } = req;
  const path = pathOf(req.url);
  res.once('close', () => {
    const sent = res.writableFinished;
    logger.info(
      {
        request_id: requestIdOf(res),
        method,
        path,
        status: sent ? res.statusCode : null,
        ...(sent ? {} : { aborted: true }),
        ms: Math.round((performance.now() - startedAt) * 10) / 10,
      },
      'request',
    );
  });
}
