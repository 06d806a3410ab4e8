import type { z } from 'zod';
import type { FihristError } from '../domain/errors.js';
import { invalidField, invalidItem, missingField, unknownField } from '../search/refuse-field.js';
import { allowedIn } from './describe-field.js';
import { requireJsonObject } from './require-json-object.js';
import { schemaAt } from './schema-at.js';

/**
 * Reads the fields of a request. Nothing is guessed: what is not known is refused. Each field of the schema, however
 * deep, says what is allowed through `describeField`; objects inside are strict (`z.strictObject`).
 *
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller) naming the first field that is wrong, what is allowed, and the value
 */
export function readFields<Schema extends z.ZodObject>(given: unknown, schema: Schema): z.output<Schema> {
  const fields = requireJsonObject(given);
  // Own keys, so that `__proto__` and the like are seen as the unknown fields that they are.
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(schema.shape, name)) throw unknownField(name, Object.keys(schema.shape));
  }
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue === undefined ? parsed.error : refusal(fields, schema, issue);
}

function refusal(
  fields: Readonly<Record<string, unknown>>,
  schema: z.ZodObject,
  issue: z.core.$ZodIssue,
): FihristError {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys((schemaAt(schema, path) as z.ZodObject | undefined)?.shape ?? {});
    return unknownField(issue.keys[0] ?? '', known, inWords(path));
  }
  const last = path.at(-1);
  const parent = path.slice(0, -1);
  const holder = valueAt(fields, parent);
  const itemWords = allowedAt(schema, path);
  if (typeof last === 'number' && itemWords === undefined) {
    // What an array of plain items allows is said of the array.
    const value = valueAt(fields, path);
    return invalidItem(inWords(parent), allowedAt(schema, parent) ?? 'another value', { index: last, value });
  }
  const allowed = itemWords ?? 'another value';
  if (typeof last === 'string' && !Object.hasOwn(Object(holder), last)) {
    return missingField(inWords(path), allowed);
  }
  return invalidField(inWords(path), allowed, valueAt(fields, path));
}

function allowedAt(schema: z.ZodObject, path: readonly PropertyKey[]): string | undefined {
  const found = schemaAt(schema, path);
  return found === undefined ? undefined : allowedIn(found);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) found = (found as Readonly<Record<PropertyKey, unknown>>)[key];
  return found;
}

/** `articles[3].title` */
function inWords(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
