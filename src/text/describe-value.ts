const MAX_SHOWN_CHARACTERS = 100;

/**
 * A value that was refused, in a form that can be repeated to its sender: long strings are cut, arrays and objects
 * are named but not repeated (they may be huge, or nested too deeply to be written out).
 */
export function describeValue(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return shorten(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return 'an object';
}

/** The same in running text: strings stand in quotes, the rest as it is. */
export function quoteValue(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(shorten(value)) : String(describeValue(value));
}

/** Cuts after whole characters, so that no half of a surrogate pair is left. */
function shorten(text: string): string {
  if (text.length <= MAX_SHOWN_CHARACTERS) return text;
  return `${text.slice(0, MAX_SHOWN_CHARACTERS).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
