import type { UiWords } from './ui-words.js';

type Locale = Pick<UiWords, 'locale'>;

const kept = new Map<string, Intl.NumberFormat>();

/** A number with the digits of the interface. @param decimals  Shown at most. Default: 0. */
export function formatNumber({ locale }: Locale, value: number, decimals = 0): string {
  const name = `${locale} ${decimals}`;
  const format = kept.get(name) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: decimals });
  kept.set(name, format);
  return format.format(value);
}

/**
 * A date as the interface says it. Only as much as was told: a year alone stays a year.
 * @param published  ISO 8601, as the article has it.
 * @returns What cannot be read as a date comes back as it is.
 */
export function formatDate({ locale }: Locale, published: string): string {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(published);
  if (found === null) return published;
  const [, year, month, day] = found;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  return new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    timeZone: 'UTC',
    year: 'numeric',
    ...(month === undefined ? {} : { month: 'long' }),
    ...(day === undefined ? {} : { day: 'numeric' }),
  }).format(date);
}

/** A moment, to the minute, in UTC. */
export function formatMoment({ locale }: Locale, at: Date): string {
  const format = new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    timeZone: 'UTC',
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return `${format.format(at)} UTC`;
}

const DURATIONS = [
  { unit: 'second', seconds: 1, until: 90 },
  { unit: 'minute', seconds: 60, until: 90 },
  { unit: 'hour', seconds: 3_600, until: 48 },
  { unit: 'day', seconds: 86_400, until: Number.POSITIVE_INFINITY },
] as const;

/** A duration in the one unit that says it in a small whole number, rounded up: "3 minutes". */
export function formatDuration({ locale }: Locale, seconds: number): string {
  const { unit, seconds: unitSeconds } =
    DURATIONS.find((one) => seconds / one.seconds < one.until) ?? DURATIONS[3];
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.max(1, Math.ceil(seconds / unitSeconds)));
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A size in the largest unit that leaves at least one of it. */
export function formatSize({ locale }: Locale, sizeBytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(sizeBytes / 1_000 ** power);
}
