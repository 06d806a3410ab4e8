import { FihristError } from '../domain/errors.js';
import { describeValue } from '../text/describe-value.js';

/** @returns The fields of a request body. @throws INVALID_REQUEST (caller) when it is no JSON object */
export function requireJsonObject(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    return body as Readonly<Record<string, unknown>>;
  }
  const name = typeof body === 'string' ? 'a string' : String(describeValue(body));
  throw new FihristError('INVALID_REQUEST', `The request body must be a JSON object, not ${name}.`, {
    details: { field: 'body', allowed: 'a JSON object', value: describeValue(body) },
  });
}
