import { z } from 'zod';
import { FihristError } from '../domain/errors.js';
import { invalidField, missingField } from '../search/refuse-field.js';
import { describeValue, quoteValue } from '../text/describe-value.js';
import { allowedIn } from './describe-field.js';
import { unwrapped } from './schema-at.js';

/**
 * Reads the part of an address after `?`. Nothing is guessed: what is not known is refused. An array is a list with
 * commas or the parameter given again; anything else may be given once.
 *
 * @param schema  Fields that are strings, numbers, booleans or arrays of these, described by `describeField`.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function readParameters<Schema extends z.ZodObject>(search: string, schema: Schema): z.output<Schema> {
  const given = new URLSearchParams(search);
  const known = Object.keys(schema.shape);
  for (const name of given.keys())
    if (!Object.hasOwn(schema.shape, name)) throw unknownParameter(name, known);
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const values = given.getAll(name);
    const kind = unwrapped(field);
    if (values.length === 0) continue;
    if (kind instanceof z.ZodArray) {
      const item = unwrapped(kind.element);
      fields[name] = values.flatMap((value) => value.split(',')).map((value) => toJson(value, item));
    } else {
      if (values.length > 1) throw invalid(name, field, values.join(','));
      fields[name] = toJson(values[0] ?? '', kind);
    }
  }
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [name, index] = parsed.error.issues[0]?.path ?? [];
  const field = schema.shape[String(name)];
  const values = given.getAll(String(name));
  if (field === undefined) throw parsed.error;
  if (values.length === 0) throw missingField(String(name), allowedIn(field) ?? 'given');
  const shown = typeof index === 'number' ? values.flatMap((value) => value.split(','))[index] : values[0];
  throw invalid(String(name), field, shown ?? '');
}

/** What does not look like a number or boolean stays a string, for the schema to refuse. */
function toJson(value: string, kind: z.core.$ZodType): unknown {
  if (kind instanceof z.ZodNumber && /^-?\d+(?:\.\d*[1-9])?$/.test(value)) return Number(value);
  if (kind instanceof z.ZodBoolean && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function invalid(name: string, field: z.core.$ZodType, value: string): FihristError {
  return invalidField(name, allowedIn(field) ?? 'another value', value);
}

function unknownParameter(name: string, known: readonly string[]): FihristError {
  return new FihristError(
    'UNKNOWN_FIELD',
    `There is no parameter ${quoteValue(name)}; known parameters: ${known.join(', ')}.`,
    { details: { field: describeValue(name), known } },
  );
}
