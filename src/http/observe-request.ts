import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../domain/errors.js';
import { redactKeys } from '../keys/key-text.js';
import type { RequestTrace } from '../telemetry/request-tracer.js';
import type { AskedSearch } from './asked-search.js';
import { pathOf } from './path-of.js';
import { replyFacts } from './reply-facts.js';
import { requestIdOf } from './request-id.js';
import type { Route } from './route.js';

/** A request that is over: the reply is out, or the caller gone. */
export interface EndedRequest {
  readonly requestId: string;
  /** Null when it was refused before routing, or no route fits. */
  readonly route: Route | null;
  readonly method: string;
  /** Without what stands after `?`, which may be private, and without secrets of keys. */
  readonly path: string;
  /** The caller's, or that of the last proxy that is not trusted. Null when the connection was closed too early. */
  readonly address: string | null;
  /** Of the key that was sent, also when it has ended; null without a key, or with one that never was. */
  readonly keyId: string | null;
  /** Keys that stood in the address, as `name=[redacted]`; null when none did. */
  readonly redactedQuery: string | null;
  /** Null when the caller had gone before the whole reply was out. */
  readonly status: number | null;
  /** Null when nothing went wrong. */
  readonly errorCode: ErrorCode | null;
  /** When its headers had arrived, by `performance.now()`. */
  readonly startedAt: number;
  /** From the headers of the request to the end of the reply. */
  readonly durationMs: number;
  /** Null when it stands in no trace. */
  readonly trace: RequestTrace | null;
  /** What was searched for to answer it. */
  readonly searches: readonly AskedSearch[];
}

/** Told of every request when it is over. Must not throw; must be cheap. */
export type RequestObserver = (ended: EndedRequest) => void;

/**
 * Tells the observers when a request is over. To be called when its headers are there.
 * @returns What `startedAt` of the ended request will be.
 */
export function observeRequest(
  req: IncomingMessage,
  res: ServerResponse,
  observers: readonly RequestObserver[],
): number {
  const startedAt = performance.now();
  // Routing rewrites req.url, so it is read now.
  const { method = '' } = req;
  const path = redactKeys(pathOf(req.url));
  const { socket } = req;
  // Both `writableFinished` and this event come, too, when the connection is destroyed before the last bytes.
  let sent = false;
  res.once('finish', () => {
    sent = !socket.destroyed;
  });
  res.once('close', () => {
    const { route, errorCode, address, caller, refusedKeyId, redactedQuery, trace, searches } =
      replyFacts(res);
    const ended: EndedRequest = {
      requestId: requestIdOf(res),
      route,
      errorCode,
      keyId: caller.keyId ?? refusedKeyId,
      redactedQuery,
      trace,
      searches,
      method,
      path,
      address,
      status: sent ? res.statusCode : null,
      startedAt,
      durationMs: performance.now() - startedAt,
    };
    for (const observe of observers) observe(ended);
  });
  return startedAt;
}
