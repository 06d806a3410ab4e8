import { type ErrorCode, type ErrorDetails, FihristError } from '../domain/errors.js';

/** Method that every thread answers by itself: a sign of life. */
export const PING = 'ping';

/** What travels between a thread and its owner. Everything in it survives structured clone. */
export interface CallMessage {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

export type ReplyMessage =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: ErrorMessage };

/** Errors lose their class on the way through a port; this is what is kept of them. */
export interface ErrorMessage {
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly stack: string;
}

export function toErrorMessage(error: unknown): ErrorMessage {
  if (error instanceof FihristError) {
    return { code: error.code, message: error.message, details: error.details, stack: error.stack ?? '' };
  }
  const plain = error instanceof Error ? error : new Error(String(error));
  return { code: null, message: plain.message, details: {}, stack: plain.stack ?? '' };
}

export function fromErrorMessage(message: ErrorMessage): Error {
  const error =
    message.code === null
      ? new Error(message.message)
      : new FihristError(message.code, message.message, { details: message.details });
  error.stack = message.stack;
  return error;
}
