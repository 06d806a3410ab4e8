/** What the name of a backup that a service makes is: `fihrist-<id>.tar`. Others in its folder are not its own. */
const NAME = /^fihrist-(\d{8}T\d{9}Z)\.tar$/;
const LEFTOVER = /^fihrist-\d{8}T\d{9}Z\.tar\.partial$/;
const ID = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/;

/** When it was asked for, in UTC, to the millisecond: so ids rise with time, and tell it. */
export function toBackupId(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[-:.]/g, '');
}

/** @returns Milliseconds since 1970; null when it is no id. */
export function timeOfBackup(id: string): number | null {
  const [, year, month, day, hours, minutes, seconds, ms] = ID.exec(id) ?? [];
  if (ms === undefined) return null;
  const time = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
  return Number.isNaN(time) ? null : time;
}

export function nameOfBackup(id: string): string {
  return `fihrist-${id}.tar`;
}

/** @returns Null when it is the name of something else. */
export function idOfBackup(name: string): string | null {
  return NAME.exec(name)?.[1] ?? null;
}

/** Whether it is what a backup that was interrupted has left. */
export function isLeftover(name: string): boolean {
  return LEFTOVER.test(name);
}
