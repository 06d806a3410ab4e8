import type { TimePeriod } from '../domain/search-filter.js';

const ISO_DATE =
  /^(?<year>\d{4})(?:-(?<month>\d{2})(?:-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?(?<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/**
 * The time that an ISO 8601 date names: all of a year, month or day, or one instant (1 ms). Without a zone it is UTC, so
 * that the same text means the same everywhere; what is finer than a millisecond is cut off.
 * @returns Null when the text is no such date, or names a time that does not exist (30 February, 25 o'clock)
 */
export function readIsoDate(text: string): TimePeriod | null {
  const parts = ISO_DATE.exec(text)?.groups;
  if (parts === undefined) return null;
  const numberOf = (name: string, fallback: number) => Number(parts[name] ?? fallback);
  const [year, month, day] = [numberOf('year', 0), numberOf('month', 1), numberOf('day', 1)];
  const [hour, minute, second] = [numberOf('hour', 0), numberOf('minute', 0), numberOf('second', 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return null;
  const midnight = utcMs(year, month - 1, day);
  if (parts.hour === undefined) {
    if (parts.day !== undefined) return { startMs: midnight, endMs: utcMs(year, month - 1, day + 1) };
    const endMs = parts.month === undefined ? utcMs(year + 1, 0, 1) : utcMs(year, month, 1);
    return { startMs: midnight, endMs };
  }
  const offsetMinutes = offsetOf(parts.zone ?? 'Z');
  if (offsetMinutes === null) return null;
  const milliseconds = Number((parts.fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const minutes = hour * 60 + minute - offsetMinutes;
  const startMs = midnight + minutes * 60_000 + second * 1_000 + milliseconds;
  return { startMs, endMs: startMs + 1 };
}

/** `Date.UTC` takes the years 0–99 for 1900–1999. @param month  From 0; 12 is the next January. */
function utcMs(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

/** @param month  From 1. */
function daysIn(year: number, month: number): number {
  return new Date(utcMs(year, month, 0)).getUTCDate();
}

/** Minutes that a zone's clock is ahead of UTC; null for an offset that no clock has. */
function offsetOf(zone: string): number | null {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
