import { FihristError, type FihristErrorOptions } from './fihrist-error.js';
import type { ErrorFields } from './wire-types.js';

/** What is known of the request that an error belongs to. */
export interface ErrorContext {
  /** Address of the service, which links are relative to. */
  readonly serviceUrl: string;
  readonly requestId: string | null;
  readonly status?: number | null;
  readonly retryAfterMs?: number | null;
}

/** An error of the service, from its fields. */
export function toFihristError(fields: ErrorFields, context: ErrorContext): FihristError {
  const { code, message, type, details = {}, link } = fields;
  return new FihristError(code, message, {
    ...optionsOf(context),
    type,
    details,
    link: link === undefined ? null : linkTo(link, context.serviceUrl),
  });
}

/** What is wrong with a reply that is not 2xx: an error of the service, or of what stands in between. */
export async function readError(response: Response, context: ErrorContext): Promise<FihristError> {
  const told = {
    ...context,
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? context.requestId,
    retryAfterMs: readRetryAfter(response.headers.get('retry-after')),
  };
  const text = await response.text();
  const fields = errorFieldsOf(parsed(text));
  if (fields !== null) return toFihristError(fields, told);
  return new FihristError(
    'REPLY_INVALID',
    `The reply has status ${response.status} and is not of the service: ${shown(text)}.`,
    optionsOf(told),
  );
}

/** The fields of an error reply; null when it is something else. */
export function errorFieldsOf(body: unknown): ErrorFields | null {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  if (typeof error !== 'object' || error === null) return null;
  const { code, message } = error as Partial<ErrorFields>;
  return typeof code === 'string' && typeof message === 'string' ? (error as ErrorFields) : null;
}

/** @returns Milliseconds; null when the header is not there, or neither seconds nor a date. */
export function readRetryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function optionsOf({ requestId, status = null, retryAfterMs = null }: ErrorContext): FihristErrorOptions {
  return { requestId, status, retryAfterMs };
}

function linkTo(link: string, serviceUrl: string): string {
  return /^https?:/.test(link) ? link : `${serviceUrl}${link}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const SHOWN_CHARACTERS = 200;

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return 'it is empty';
  return line.length <= SHOWN_CHARACTERS ? line : `${line.slice(0, SHOWN_CHARACTERS)}…`;
}
