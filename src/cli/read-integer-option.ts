import { FihristError } from '../domain/errors.js';

/**
 * The number behind a command line option.
 * @throws INVALID_REQUEST (caller) with field, limit (the bound that was passed) and value
 */
export function readIntegerOption(
  field: string,
  value: string,
  { minimum, maximum }: { minimum: number; maximum: number },
): number {
  const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= minimum && number <= maximum) return number;
  const allowed = `a whole number from ${minimum} to ${maximum}`;
  throw new FihristError('INVALID_REQUEST', `${field} must be ${allowed}, not ${JSON.stringify(value)}.`, {
    details: { field, allowed, limit: number < minimum ? minimum : maximum, value },
  });
}
