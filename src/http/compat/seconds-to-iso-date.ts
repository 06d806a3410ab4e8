/** A moment in seconds since 1970 UTC as ISO 8601, or null when there is no such date with a year of four digits. */
export function secondsToIsoDate(seconds: number): string | null {
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) return null;
  const text = date.toISOString();
  return /^\d{4}-/.test(text) ? text : null;
}
