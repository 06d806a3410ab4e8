import type { ServedRequest } from './served-request.js';
import type { TraceContext } from './trace-context.js';

/** One request in a trace. */
export interface RequestTrace {
  /** What is handed on: to the log, and to the caller. */
  readonly context: TraceContext;
  /** To be called once, when the request is over. */
  end(request: ServedRequest): void;
}

/** Makes spans of requests and of the stages of their searches. Must not throw, and must be cheap. */
export interface RequestTracer {
  /**
   * @param caller  Null when the request stands in no trace yet: it begins one.
   * @param request  `startedAt` by `performance.now()`.
   */
  begin(caller: TraceContext | null, request: Pick<ServedRequest, 'method' | 'startedAt'>): RequestTrace;
  /** Sends what is not sent yet; gives up after a few seconds. */
  close(): Promise<void>;
}

/** For a service that traces nothing itself: the caller's trace goes on as it came. */
export function handOnTrace(caller: TraceContext): RequestTrace {
  return { context: caller, end: () => {} };
}
