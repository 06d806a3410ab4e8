import { invalidField } from '../search/refuse-field.js';
import { readIsoDate } from '../text/read-iso-date.js';

const UNITS_MS = { h: 3_600_000, d: 86_400_000 } as const;
const ALLOWED =
  'a date such as 2027-01-01 (in UTC, from its first moment on) or a duration such as 90d or 12h';

/**
 * When a key ends: at a date, or so many days or hours from now.
 * @returns Milliseconds since 1970 UTC. @throws INVALID_REQUEST (caller)
 */
export function readExpiry(text: string, nowMs: number): number {
  const { count, unit } = /^(?<count>\d{1,5})(?<unit>[hd])$/.exec(text.trim())?.groups ?? {};
  if (count !== undefined) {
    const durationMs = Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
    if (durationMs > 0) return nowMs + durationMs;
  }
  const date = readIsoDate(text.trim());
  if (date === null) throw invalidField('expires', ALLOWED, text);
  return date.startMs;
}
