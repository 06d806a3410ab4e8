import type { IncomingMessage, ServerResponse } from 'node:http';
import { handOnTrace, type RequestTracer } from '../telemetry/request-tracer.js';
import { formatTraceParent, parseTraceContext } from '../telemetry/trace-context.js';
import { replyFacts } from './reply-facts.js';

const PARENT_HEADER = 'traceparent';
const STATE_HEADER = 'tracestate';

/**
 * Puts a request into its caller's trace, or into one that begins here when there is a tracer, and tells the caller by
 * the same headers which one it is. Headers that are no trace are as if they were not there.
 */
export function assignTrace(
  req: IncomingMessage,
  res: ServerResponse,
  { tracer, startedAt }: { readonly tracer: RequestTracer | null; readonly startedAt: number },
): void {
  const caller = parseTraceContext(req.headers[PARENT_HEADER], req.headers[STATE_HEADER]);
  if (tracer === null && caller === null) return;
  const { method = '' } = req;
  const trace = tracer === null ? caller && handOnTrace(caller) : tracer.begin(caller, { method, startedAt });
  if (trace === null) return;
  replyFacts(res).trace = trace;
  res.setHeader(PARENT_HEADER, formatTraceParent(trace.context));
  if (trace.context.state !== null) res.setHeader(STATE_HEADER, trace.context.state);
}
