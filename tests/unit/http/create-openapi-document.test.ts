import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createOpenapiDocument } from '../../../src/http/create-openapi-document.js';
import type { Gate } from '../../../src/http/gate.js';
import { jsonFields } from '../../../src/http/route-body.js';
import { document, operations, routes, type SchemaNode } from './openapi-document.js';
import { sampleRoute } from './sample-route.js';

/** Every schema with properties in a part of the document, and where it stands. */
function objectsIn(node: unknown, place: string): Array<{ place: string; schema: SchemaNode }> {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.entries(node).flatMap(([name, value]) => objectsIn(value, `${place}/${name}`));
  const schema = node as SchemaNode;
  // A property may itself be called "properties": only that of a schema holds schemas.
  return typeof schema.properties === 'object' && schema.type !== undefined
    ? [{ place, schema }, ...inner]
    : inner;
}

describe('the OpenAPI document', () => {
  test('passes the strictest rules of an independent linter', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    expect(
      problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`),
    ).toEqual([]);
  });

  test('has every route, and no other', () => {
    expect(operations.map((operation) => operation.operationId).sort()).toEqual(
      routes.map((route) => route.operationId).sort(),
    );
  });

  test('says of every field what it is, with its unit', () => {
    const objects = [
      ...objectsIn(document.components.schemas, 'schemas'),
      ...objectsIn(document.paths, 'paths'),
    ];
    expect(objects.length).toBeGreaterThan(20);
    const silent = objects.flatMap(({ place, schema }) =>
      Object.entries(schema.properties ?? {})
        .filter(([, field]) => !/\S.*\.$/s.test(field.description ?? ''))
        .map(([name]) => `${place}/${name}`),
    );
    expect(silent).toEqual([]);
  });

  test('says of every schema with a name, and of every parameter, what it is', () => {
    const schemas = Object.entries(document.components.schemas);
    const parameters = operations.flatMap(({ operationId, parameters = [] }) =>
      parameters.map((parameter) => [`${operationId}.${parameter.name}`, parameter] as const),
    );
    const silent = [...schemas, ...parameters].filter(
      ([, { description }]) => !/\S.*\.$/s.test(description ?? ''),
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  test('refuses unknown fields in requests and allows new ones in replies', () => {
    const { SearchRequest, SearchReply, SearchHit } = document.components.schemas;
    expect(SearchRequest?.additionalProperties).toBe(false);
    expect(SearchReply).not.toHaveProperty('additionalProperties');
    expect(SearchHit).not.toHaveProperty('additionalProperties');
  });

  test('tells what is wrong where a route and its gates can refuse', () => {
    const gate: Gate = {
      errorsOf: ({ scope }) => (scope === 'admin' ? ['STORE_LOCKED'] : []),
      check: () => {},
    };
    const body = jsonFields(z.object({}), 1024);
    const guarded = sampleRoute({ scope: 'admin', method: 'post', body, errors: ['ARTICLE_NOT_FOUND'] });
    const { paths } = createOpenapiDocument([guarded, sampleRoute()], { version: '1', gates: [gate] });
    const responses = (method: 'get' | 'post') =>
      Object.entries(paths?.['/sample']?.[method]?.responses ?? {}).map(([status, { description }]) => [
        status,
        [...description.matchAll(/\[`(\w+)`\]\(\/docs\/errors#\w+\)/g)].map((match) => match[1]),
      ]);
    expect(responses('get')).toEqual([
      ['200', []],
      ['400', ['INVALID_REQUEST']],
      ['500', ['INTERNAL']],
      ['503', ['SHUTTING_DOWN']],
    ]);
    expect(responses('post')).toEqual([
      ['200', []],
      ['400', ['INVALID_JSON', 'INVALID_REQUEST', 'UNKNOWN_FIELD']],
      ['404', ['ARTICLE_NOT_FOUND']],
      ['413', ['BODY_TOO_LARGE']],
      ['415', ['UNSUPPORTED_MEDIA_TYPE']],
      ['500', ['INTERNAL']],
      ['503', ['SHUTTING_DOWN', 'STORE_LOCKED']],
    ]);
  });

  test('keeps a reply apart from the errors that have its status', () => {
    const { responses } = operations.find(({ operationId }) => operationId === 'readiness')!;
    expect(responses['503']?.content?.['application/json']?.schema.anyOf).toEqual([
      { $ref: '#/components/schemas/Readiness' },
      { $ref: '#/components/schemas/Error' },
    ]);
  });
});
