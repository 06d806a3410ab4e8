import fc from 'fast-check';
import type { Parameter, PlacedOperation } from './api-document.js';
import { HOSTILE_NAMES, hostileTexts } from './hostile-values.js';
import { type SchemaValuesOptions, schemaValues } from './schema-values.js';

type Query = ReadonlyArray<readonly [string, string]>;

/** Paths of an operation: those that could be meant, and hostile ones that still lead to it. */
export function pathsOf(
  placed: PlacedOperation,
  options: SchemaValuesOptions,
  isHostile: boolean,
): fc.Arbitrary<string> {
  const parameters = (placed.operation.parameters ?? []).filter((one) => one.in === 'path');
  const values = parameters.map((parameter) => {
    const meant = valuesOf(placed, parameter, options);
    return isHostile
      ? fc.oneof({ weight: 2, arbitrary: meant }, { weight: 1, arbitrary: hostileTexts })
      : meant;
  });
  return fc
    .tuple(...values)
    .map((chosen) =>
      parameters.reduce(
        (filled, { name }, i) => filled.replace(`{${name}}`, () => encodeSegment(chosen[i] ?? '')),
        placed.path,
      ),
    );
}

/** Values that a parameter may have; known ones more often than others. */
function valuesOf(
  { path }: PlacedOperation,
  { name, schema }: Parameter,
  options: SchemaValuesOptions,
): fc.Arbitrary<string> {
  const allowed = schemaValues(schema, options).map(String);
  const known = options.words.ofParameter[`${path} ${name}`] ?? [];
  if (known.length === 0) return allowed;
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: allowed });
}

/** An empty text would be another path; half a surrogate cannot be written in an address. */
function encodeSegment(value: string): string {
  return encodeURIComponent(value === '' ? 'x' : wellFormed(value).slice(0, 2_000));
}

function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Queries of an operation, each parameter a few times in a valid way; hostile ones have others, twice, or wrong. */
export function queriesOf(
  placed: PlacedOperation,
  options: SchemaValuesOptions,
  isHostile: boolean,
): fc.Arbitrary<string> {
  const parameters = (placed.operation.parameters ?? []).filter((one) => one.in === 'query');
  const valid: fc.Arbitrary<Query> = fc
    .tuple(
      ...parameters.map((parameter) => {
        const { name, required } = parameter;
        const values = valuesOf(placed, parameter, options).map((value) => [[name, value] as const]);
        return required === true ? values : fc.oneof(values, fc.constant([]));
      }),
    )
    .map((chosen) => chosen.flat());
  if (!isHostile) return valid.map(toSearch);
  const names = fc.oneof(
    fc.constantFrom(...parameters.map(({ name }) => name), 'q', 'limit'),
    fc.constantFrom<string>(...HOSTILE_NAMES, 'limit[]', 'limit[a]', 'filters[type]'),
  );
  const extra = fc.array(fc.tuple(names, hostileTexts), { minLength: 1, maxLength: 3 });
  const readable = fc.tuple(valid, extra).map(([query, more]) => toSearch([...query, ...more]));
  const raw = fc.constantFrom(
    '?',
    '?&&&',
    '?=',
    '?%',
    '?a=%ff',
    '?a=%D8',
    '??',
    '?limit',
    '?limit=1&limit=2',
    '?a;b=c',
  );
  return fc.oneof({ weight: 5, arbitrary: readable }, { weight: 1, arbitrary: raw });
}

function toSearch(query: Query): string {
  if (query.length === 0) return '';
  const encode = (text: string) => encodeURIComponent(wellFormed(text).slice(0, 4_000));
  return `?${query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`;
}

/** Targets that are no path of the interface, or not quite; some are pages for people. */
export const wildTargets: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(
      '/v1/articles/',
      '/v1//articles',
      '//v1/articles',
      '/v1/articles/%2e%2e/tasks',
      '/v1/articles/../../etc/passwd',
      '/v1/articles/%00',
      '/v1/articles/%ff',
      '/v1/articles/%D8',
      '/v1/articles/a%0d%0ab',
      '/v1/passages//related',
      '/V1/search',
      '/v1/search/',
      '/docs/../v1/search',
      '/docs/%2e%2e%2fpackage.json',
      '/assets/../../package.json',
      '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
      '/assets/..%5cserver.js',
      '/articles/%2e%2e%2f',
      '/articles/',
      '/chat?q=%00',
      '/?q=x&page=99999999999',
      '/?q=%F0%9F%98%80&from=2024-99-99&tag=%00&mode=constructor',
      '/status?lang=__proto__',
      '/__proto__',
      '/constructor/prototype',
      '/%',
      '/%%32%35',
      'x',
      '*',
      'http://other.example/v1/articles',
      '/é',
      `/${'a'.repeat(7_000)}`,
      `/v1/articles/${'%2F'.repeat(2_000)}`,
      `/v1/articles?${'tag=a&'.repeat(1_200)}`,
      `/${'/'.repeat(4_000)}`,
      '/v1/articles;jsessionid=1',
      '/v1/articles#fragment',
      '/v1/articles?api_key=secret',
    ),
    fc
      .array(
        fc.oneof(
          fc.constantFrom('v1', 'articles', 'search', '..', '.', 'docs', 'mcp', '%2f', ''),
          hostileTexts,
        ),
        {
          maxLength: 6,
        },
      )
      .map((parts) => `/${parts.map((part) => encodeURI(wellFormed(part).slice(0, 500))).join('/')}`),
  )
  .map((target) => target.replace(/[^\u0021-\u00ff]/g, (character) => encodeURIComponent(character)));
