import {
  type Context,
  createTraceState,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { ERROR_CATALOGUE } from '../domain/error-catalogue.js';
import type { RequestTrace, RequestTracer } from './request-tracer.js';
import type { ServedRequest } from './served-request.js';
import type { TraceContext } from './trace-context.js';

const TRACES_PATH = '/v1/traces';

export interface OtlpRequestTracerOptions {
  /** Address of a collector; `/v1/traces` is put behind it unless it is there. */
  readonly endpoint: string;
  readonly version: string;
  /** Told when spans are lost. */
  readonly onProblem: (error: unknown) => void;
  /** How long one sending may take. Default: 5,000. */
  readonly timeoutMs?: number;
}

/**
 * Sends a span for each request, and one for each stage of its searches, by OTLP over HTTP. A caller's own choice whether
 * its trace is recorded is kept to; what has no caller's trace is recorded. Spans are sent in batches every five seconds,
 * and dropped when the collector does not take them. Its usual variables apply besides: OTEL_EXPORTER_OTLP_HEADERS,
 * OTEL_RESOURCE_ATTRIBUTES.
 */
export class OtlpRequestTracer implements RequestTracer {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #timeoutMs: number;
  readonly #onProblem: (error: unknown) => void;

  constructor({ endpoint, version, onProblem, timeoutMs = 5_000 }: OtlpRequestTracerOptions) {
    setGlobalErrorHandler(onProblem);
    const exporter = new OTLPTraceExporter({ url: tracesUrl(endpoint), timeoutMillis: timeoutMs });
    const own = resourceFromAttributes({ 'service.name': 'fihrist', 'service.version': version });
    this.#provider = new TracerProvider({
      resource: own.merge(detectResources({ detectors: [envDetector] })),
      spanProcessors: [new BatchSpanProcessor({ exporter })],
    });
    this.#tracer = this.#provider.getTracer('fihrist', version);
    this.#timeoutMs = timeoutMs;
    this.#onProblem = onProblem;
  }

  begin(
    caller: TraceContext | null,
    { method, startedAt }: Pick<ServedRequest, 'method' | 'startedAt'>,
  ): RequestTrace {
    const parent = caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, toSpanContext(caller));
    // The clock of performance.now() does not follow the one of the system when that is set.
    const clockMs = Date.now() - performance.now();
    const options = { kind: SpanKind.SERVER, startTime: clockMs + startedAt };
    const span = this.#tracer.startSpan(method, options, parent);
    return {
      context: toTraceContext(span),
      end: (request) => {
        // A probe every few seconds would be most of what is sent. A span that does not end is not sent.
        if (caller === null && request.isLight) return;
        this.#addStages(request, trace.setSpan(parent, span), clockMs);
        describeRequest(span, request);
        span.end(clockMs + request.endedAt);
      },
    };
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<never>((_, reject) => {
      const late = new Error(`the last spans could not be sent within ${this.#timeoutMs} ms`);
      timer = setTimeout(() => reject(late), this.#timeoutMs);
    });
    await Promise.race([this.#provider.shutdown(), enough]).catch(this.#onProblem);
    clearTimeout(timer);
  }

  #addStages({ stages }: ServedRequest, inside: Context, clockMs: number): void {
    for (const { stage, startedAt, endedAt } of stages) {
      const options = { startTime: clockMs + startedAt };
      this.#tracer.startSpan(`search ${stage}`, options, inside).end(clockMs + endedAt);
    }
  }
}

function describeRequest(span: Span, { method, route, status, errorCode }: ServedRequest): void {
  span.setAttribute('http.request.method', method);
  if (route !== null) span.updateName(`${method} ${route}`).setAttribute('http.route', route);
  if (status !== null) span.setAttribute('http.response.status_code', status);
  if (errorCode === null) return;
  span.setAttribute('error.type', errorCode);
  // What a caller did wrong is no error of the server.
  if (ERROR_CATALOGUE[errorCode].fault !== 'caller') span.setStatus({ code: SpanStatusCode.ERROR });
}

function tracesUrl(endpoint: string): string {
  const base = endpoint.replace(/\/+$/, '');
  return base.endsWith(TRACES_PATH) ? base : base + TRACES_PATH;
}

function toSpanContext({ traceId, spanId, flags, state }: TraceContext) {
  const traceState = state === null ? {} : { traceState: createTraceState(state) };
  return { traceId, spanId, traceFlags: flags, isRemote: true, ...traceState };
}

function toTraceContext(span: Span): TraceContext {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const state = traceState?.serialize() ?? '';
  return { traceId, spanId, flags: traceFlags, state: state === '' ? null : state };
}
