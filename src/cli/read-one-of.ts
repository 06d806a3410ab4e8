import { LANGUAGES, type Language } from '../domain/language.js';
import { invalidField } from '../search/refuse-field.js';

/** @throws INVALID_REQUEST (caller) naming what is known */
export function readOneOf<Known extends string>(
  field: string,
  value: string,
  known: readonly Known[],
): Known {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw invalidField(field, [known.slice(0, -1).join(', '), ...known.slice(-1)].join(' or '), value);
}

/** Each language once. @throws INVALID_REQUEST (caller) */
export function readLanguages(codes: readonly string[]): Language[] {
  return [...new Set(codes.map((code) => readOneOf('language', code, LANGUAGES)))];
}
