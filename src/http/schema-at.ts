import { z } from 'zod';

/**
 * The schema of a place inside of another, by the path that zod tells in an issue.
 * @returns undefined where the path leads through something other than objects and arrays.
 */
export function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  let found: z.core.$ZodType | undefined = schema;
  for (const key of path) {
    const inner: z.core.$ZodType | undefined = found === undefined ? undefined : unwrapped(found);
    if (inner instanceof z.ZodObject) found = inner.shape[String(key)];
    else if (inner instanceof z.ZodArray) found = inner.element;
    else return undefined;
  }
  return found;
}

/** The schema under `optional`, `nullable` and `default`. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return unwrapped(schema.unwrap());
  }
  return schema;
}
