import { z } from 'zod';
import type { ZodOpenApiParameters } from 'zod-openapi';
import type { Route } from './route.js';
import { unwrapped } from './schema-at.js';

/** The parameters of a route as OpenAPI says them, each with its value in the first example; null when it has none. */
export function describeParameters({ pathParameters, query, examples }: Route): ZodOpenApiParameters | null {
  if (pathParameters === undefined && query === undefined) return null;
  const described = (schema: z.ZodObject, place: 'path' | 'query') =>
    z.object(
      Object.fromEntries(
        Object.entries(schema.shape).map(([name, field]) => {
          const values = Object.values(examples).map((example) => example[place]?.[name]);
          return [
            name,
            withParameter(
              field as z.ZodType,
              values.find((value) => value !== undefined),
            ),
          ];
        }),
      ),
    );
  return {
    ...(pathParameters === undefined ? {} : { path: described(pathParameters, 'path') }),
    ...(query === undefined ? {} : { query: described(query.schema, 'query') }),
  };
}

/** @param example  Undefined when there is none. */
function withParameter(field: z.ZodType, example: unknown): z.ZodType {
  const isList = unwrapped(field) instanceof z.ZodArray;
  return field.meta({
    ...field.meta(),
    param: {
      ...(isList ? { style: 'form', explode: false } : {}),
      ...(example === undefined ? {} : { example }),
    },
  });
}
