import { z } from 'zod';
import type { ZodOpenApiParameters } from 'zod-openapi';
import type { Route } from './route.js';
import { unwrapped } from './schema-at.js';

/** The parameters of a route as OpenAPI says them, with their values in the route's examples; null when it has none. */
export function describeParameters(route: Route): ZodOpenApiParameters | null {
  const { pathParameters, query, examples } = route;
  if (pathParameters === undefined && query === undefined) return null;
  const valuesIn = (place: 'path' | 'query', name: string) =>
    Object.entries(examples).flatMap(([key, { summary, [place]: values }]) => {
      const value = values?.[name];
      return value === undefined ? [] : [[key, { summary, value }] as const];
    });
  const described = (schema: z.ZodObject, place: 'path' | 'query') =>
    z.object(
      Object.fromEntries(
        Object.entries(schema.shape).map(([name, field]) => [
          name,
          withParameter(field as z.ZodType, valuesIn(place, name)),
        ]),
      ),
    );
  return {
    ...(pathParameters === undefined ? {} : { path: described(pathParameters, 'path') }),
    ...(query === undefined ? {} : { query: described(query.schema, 'query') }),
  };
}

type Examples = ReadonlyArray<readonly [string, { readonly summary: string; readonly value: unknown }]>;

function withParameter(field: z.ZodType, examples: Examples): z.ZodType {
  const isList = unwrapped(field) instanceof z.ZodArray;
  return field.meta({
    ...field.meta(),
    param: {
      ...(isList ? { style: 'form', explode: false } : {}),
      ...(examples.length === 0 ? {} : { examples: Object.fromEntries(examples) }),
    },
  });
}
