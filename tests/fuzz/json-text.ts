/** A piece of text that stands in JSON as it is, right or wrong: numbers that no variable holds, or no JSON at all. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A field that is there twice or has a name that no object literal can have. */
export interface ExtraField {
  readonly name: string;
  readonly value: unknown;
}

/** An object with fields beside its own, which may have the same names. */
export class WithExtraField {
  readonly object: Readonly<Record<string, unknown>>;
  readonly extra: ExtraField;

  constructor(object: Readonly<Record<string, unknown>>, extra: ExtraField) {
    this.object = object;
    this.extra = extra;
  }
}

/** Writes JSON, also such as JSON.stringify would not write. */
export function toJsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (value instanceof WithExtraField) {
    return toObjectText([...Object.entries(value.object), [value.extra.name, value.extra.value]]);
  }
  if (Array.isArray(value)) return `[${value.map(toJsonText).join(',')}]`;
  if (typeof value === 'object' && value !== null) return toObjectText(Object.entries(value));
  return JSON.stringify(value) ?? 'null';
}

function toObjectText(entries: ReadonlyArray<readonly [string, unknown]>): string {
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${toJsonText(value)}`).join(',')}}`;
}
