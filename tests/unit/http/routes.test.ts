import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allowedIn } from '../../../src/http/describe-field.js';
import { unwrapped } from '../../../src/http/schema-at.js';
import { routes } from './openapi-document.js';

/** Every field of a request, however deep, with the schema it has. */
function fieldsOf(schema: z.core.$ZodType, place: string): Array<[string, z.core.$ZodType]> {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray) return fieldsOf(inner.element, `${place}[]`);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape).flatMap(([name, field]) => {
    const at = `${place}.${name}`;
    return [[at, field as z.core.$ZodType], ...fieldsOf(field as z.core.$ZodType, at)] as Array<
      [string, z.core.$ZodType]
    >;
  });
}

describe('the routes', () => {
  test('have names of their own', () => {
    const names = routes.map((route) => route.operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][A-Za-z]*$/.test(name))).toEqual([]);
  });

  test('have one declaration for each method of a path', () => {
    const places = routes.map((route) => `${route.method} ${route.path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  test.each(routes.map((route) => [route.operationId, route] as const))(
    '%s: says what its path parameters are',
    (_name, { path, pathParameters }) => {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(Object.keys(pathParameters?.shape ?? {})).toEqual(inPath);
    },
  );

  test.each(routes.map((route) => [route.operationId, route] as const))(
    '%s: says in words what each field of a request allows',
    (_name, { pathParameters, query, body }) => {
      const schemas = [pathParameters, query?.schema, body?.kind === 'json' ? body.schema : undefined];
      const fields = schemas.flatMap((schema) => (schema === undefined ? [] : fieldsOf(schema, '')));
      expect(fields.filter(([, field]) => allowedIn(field) === undefined).map(([place]) => place)).toEqual(
        [],
      );
    },
  );

  test.each(routes.map((route) => [route.operationId, route] as const))(
    '%s: has a summary for lists, a description in sentences and an example',
    (_name, { summary, description, examples }) => {
      expect(summary).toMatch(/^[A-Z].*[^.]$/);
      expect(description).toMatch(/^[A-Z].*\.$/s);
      expect(Object.keys(examples).length).toBeGreaterThan(0);
      expect(Object.keys(examples).filter((name) => !/^[a-z][a-z_]*$/.test(name))).toEqual([]);
    },
  );
});
