/**
 * Where in a trace a request stands, as its caller says.
 * Source: https://www.w3.org/TR/trace-context/
 */
export interface TraceContext {
  /** 32 hex digits. */
  readonly traceId: string;
  /** Of the caller's span, or of the one that was begun here: 16 hex digits. */
  readonly spanId: string;
  /** 8 bits; the lowest says that the trace is recorded. */
  readonly flags: number;
  /** What tracing systems hand on to themselves; null when there is none. */
  readonly state: string | null;
}

const PARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?$/;
/** Printable ASCII, as long as every system must hand on. */
const STATE = /^[\x20-\x7e]{1,512}$/;

/**
 * @param parent  The header `traceparent`.
 * @param state  The header `tracestate`; left out when it is no usable one.
 * @returns Null when there is no valid parent: then the request stands in no trace, and its state means nothing.
 */
export function parseTraceContext(parent: unknown, state: unknown): TraceContext | null {
  const [, version, traceId, spanId, flags, rest] = (typeof parent === 'string' && PARENT.exec(parent)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  // Later versions may have more at the end; this one has not.
  if (version === '00' && rest !== undefined) return null;
  return {
    traceId,
    spanId,
    flags: Number.parseInt(flags, 16),
    state: typeof state === 'string' && STATE.test(state) ? state : null,
  };
}

/** @returns The header `traceparent`. */
export function formatTraceParent({ traceId, spanId, flags }: TraceContext): string {
  return `00-${traceId}-${spanId}-${flags.toString(16).padStart(2, '0')}`;
}
