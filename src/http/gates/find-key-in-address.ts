import { redactKeys } from '../../keys/key-text.js';

/** What parameters are called that hold keys, with any of `-`, `_` or nothing between words. */
const NAMES = new Set(['apikey', 'xapikey', 'accesstoken', 'authtoken', 'token', 'authorization', 'bearer']);

/**
 * Looks for keys after the `?` of an address: parameters with the name of one, and our own keys under any name.
 * @returns What was found, fit for the log: names, and in place of values `[redacted]`, with the ids of our own keys.
 *   Null when there is nothing.
 */
export function findKeyInAddress(query: string): string | null {
  if (query === '') return null;
  const found: string[] = [];
  for (const [name, value] of new URLSearchParams(query)) {
    const shownName = redactKeys(name);
    const shownValue = redactKeys(value);
    const isOurs = shownName !== name || shownValue !== value;
    const isNamed = NAMES.has(name.toLowerCase().replace(/[-_]/g, ''));
    if (isOurs || isNamed) found.push(`${shownName}=${shownValue === value ? '[redacted]' : shownValue}`);
  }
  return found.length === 0 ? null : found.join('&').slice(0, 200);
}
