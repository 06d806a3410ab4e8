import type { ErrorCode, ErrorFields } from './wire-types.js';

/**
 * What goes wrong on this side of the wire, besides what the service says:
 *
 * - `CONNECTION_FAILED`: no reply came, or one that was cut off. Whether the request was carried out is not known.
 * - `TIMED_OUT`: the time that the call may take (`timeoutMs`) is over. Whether it was carried out is not known.
 * - `REPLY_INVALID`: what answered does not speak as the service does: a proxy, or another program.
 * - `ARGUMENT_INVALID`: the call cannot be sent; nothing was.
 * - `TASK_CANCELLED`: somebody called off the task that the articles had become.
 */
export type ClientErrorCode =
  | 'CONNECTION_FAILED'
  | 'TIMED_OUT'
  | 'REPLY_INVALID'
  | 'ARGUMENT_INVALID'
  | 'TASK_CANCELLED';

/** The codes that this version knows; a later service may send others. */
export type FihristErrorCode = ErrorCode | ClientErrorCode | (string & {});

export interface FihristErrorOptions {
  readonly type?: FihristError['type'];
  readonly status?: number | null;
  readonly details?: ErrorFields['details'];
  readonly link?: string | null;
  readonly requestId?: string | null;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/**
 * Everything that a client throws, but for the reason of a signal that was aborted, and what a source of articles or a
 * callback of the caller throws.
 */
export class FihristError extends Error {
  override readonly name = 'FihristError';
  /** For programs: a code of docs/errors.md, or of `ClientErrorCode`. */
  readonly code: FihristErrorCode;
  /** Whose fault it is, as the service says; `connection` for what happens on the way. */
  readonly type: ErrorFields['type'] | 'connection';
  /** HTTP status; null when no reply came, and for what is wrong with one article. */
  readonly status: number | null;
  /** Facts for programs: the field, what is allowed, the value that was sent. May be empty. */
  readonly details: ErrorFields['details'];
  /** Address of the section on this code, in the service; null for codes of the client. */
  readonly link: string | null;
  /** What the log of the service knows the request by; null when nothing was sent. */
  readonly requestId: string | null;
  /** How long the service asks to wait before the next try, in milliseconds; null when it does not say. */
  readonly retryAfterMs: number | null;

  constructor(code: FihristErrorCode, message: string, options: FihristErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.type = options.type ?? 'connection';
    this.status = options.status ?? null;
    this.details = options.details ?? {};
    this.link = options.link ?? null;
    this.requestId = options.requestId ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }

  /** The field or parameter that is wrong, as in `filters.filters[1].value`; null when it is none. */
  get field(): string | null {
    const { field } = this.details;
    return typeof field === 'string' ? field : null;
  }

  /** What the field may be, in words, or the limit that was passed; null when there is none. */
  get allowed(): string | number | readonly string[] | null {
    const { allowed, limit } = this.details;
    const known = allowed ?? limit ?? null;
    return typeof known === 'boolean' ? String(known) : known;
  }

  /** What was sent in its place, cut when it is long; null when that is not told. */
  get value(): string | number | boolean | readonly string[] | null {
    return this.details.value ?? null;
  }
}

/** What a call cannot be sent with. */
export function invalidArgument(field: string, allowed: string, value: string): FihristError {
  return new FihristError('ARGUMENT_INVALID', `${field} must be ${allowed}, not ${value}.`, {
    type: 'caller',
    details: { field, allowed, value },
  });
}
