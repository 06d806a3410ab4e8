import type { ServerResponse } from 'node:http';
import type { RequestTrace } from '../telemetry/request-tracer.js';
import { replyFacts } from './reply-facts.js';
import { requestIdOf } from './request-id.js';

/** What every line about a request has in it, so that they are found together. */
export function logFieldsOf(res: ServerResponse): Readonly<Record<string, string>> {
  return toLogFields({ requestId: requestIdOf(res), trace: replyFacts(res).trace });
}

export function toLogFields({
  requestId,
  trace,
}: {
  readonly requestId: string;
  readonly trace: RequestTrace | null;
}): Readonly<Record<string, string>> {
  return {
    request_id: requestId,
    ...(trace === null ? {} : { trace_id: trace.context.traceId, span_id: trace.context.spanId }),
  };
}
