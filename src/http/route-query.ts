import type { z } from 'zod';
import { readParameters } from './read-parameters.js';

/** The parameters after `?` of a route. */
export interface RouteQuery<Value> {
  /** One field for each parameter: a string, number, boolean or array of these. */
  readonly schema: z.ZodObject;
  /** @param search  What stands after `?`, encoded. @throws INVALID_REQUEST, UNKNOWN_FIELD (caller) */
  readonly read: (search: string) => Value;
}

/** Parameters that are those of `schema` and no others. */
export function queryParameters<Schema extends z.ZodObject>(schema: Schema): RouteQuery<z.output<Schema>> {
  return { schema, read: (search) => readParameters(search, schema) };
}
