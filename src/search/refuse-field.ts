import { FihristError } from '../domain/errors.js';
import { describeValue, quoteValue } from '../text/describe-value.js';

/** A field whose value is not allowed. @param field  With its path, such as `filters.filters[1].value`. */
export function invalidField(field: string, allowed: string, value: unknown): FihristError {
  return new FihristError('INVALID_REQUEST', `${field} must be ${allowed}, not ${quoteValue(value)}.`, {
    details: { field, allowed, value: describeValue(value) },
  });
}

/** An item of an array that is not what all of its items must be. @param index  From 0. */
export function invalidItem(
  field: string,
  allowed: string,
  { index, value }: { index: number; value: unknown },
): FihristError {
  const item = `${field}[${index}]`;
  return new FihristError(
    'INVALID_REQUEST',
    `${field} must be ${allowed}; ${item} is ${quoteValue(value)}.`,
    { details: { field: item, allowed, value: describeValue(value) } },
  );
}

export function missingField(field: string, allowed: string): FihristError {
  return new FihristError('INVALID_REQUEST', `${field} is missing; it must be ${allowed}.`, {
    details: { field, allowed, value: null },
  });
}

/** @param path  Of the object that the name was found in; unset for the request itself. */
export function unknownField(name: string, known: readonly string[], path?: string): FihristError {
  const field = String(describeValue(name));
  const place = path === undefined ? '' : ` in ${path}`;
  return new FihristError(
    'UNKNOWN_FIELD',
    `There is no field ${quoteValue(name)}${place}; known fields: ${known.join(', ')}.`,
    { details: { field: path === undefined ? field : `${path}.${field}`, known } },
  );
}
