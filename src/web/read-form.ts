import { urlencoded } from 'express';
import { FihristError } from '../domain/errors.js';
import type { WebCall } from './web-page.js';

/**
 * Reads a form that was sent.
 * @returns The text of a field by its name; empty when there is none
 * @throws BODY_TOO_LARGE, INVALID_REQUEST (caller)
 */
export async function readForm(
  { req, res }: Pick<WebCall, 'req' | 'res'>,
  maxBytes: number,
): Promise<(name: string) => string> {
  const read = urlencoded({ extended: false, limit: maxBytes });
  await new Promise<void>((resolve, reject) => {
    read(req, res, (error?: unknown) =>
      error === undefined ? resolve() : reject(toFormError(error, maxBytes)),
    );
  });
  const fields = new Map(Object.entries((req.body ?? {}) as Readonly<Record<string, unknown>>));
  return (name) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
}

/** What the form reader throws is somebody's fault who sends other things than our pages do. */
function toFormError(error: unknown, maxBytes: number): FihristError {
  const isTooLarge = (error as { readonly type?: unknown }).type === 'entity.too.large';
  return isTooLarge
    ? new FihristError('BODY_TOO_LARGE', `The form is larger than ${maxBytes} bytes.`, {
        details: { limit: maxBytes },
        cause: error,
      })
    : new FihristError('INVALID_REQUEST', 'The form cannot be read.', {
        details: { field: 'body', allowed: 'an URL-encoded form' },
        cause: error,
      });
}
