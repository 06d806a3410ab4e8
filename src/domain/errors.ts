import { ERROR_CATALOGUE, type ErrorFault } from './error-catalogue.js';

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** Facts about an error that a program can read: the field, the limit, the value, the file. JSON values only. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** The one error type that is meant to be read by people. The message names the field, the limit and the value. */
export class FihristError extends Error {
  override readonly name = 'FihristError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  get fault(): ErrorFault {
    return ERROR_CATALOGUE[this.code].fault;
  }

  get httpStatus(): number {
    return ERROR_CATALOGUE[this.code].httpStatus;
  }
}
