import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { ApiOperation } from './api-document.js';
import { hostileValues } from './hostile-values.js';
import { toJsonText } from './json-text.js';
import { KNOWN_BODIES } from './known-bodies.js';
import { mutatedJson } from './mutate-json.js';
import { type SchemaValuesOptions, schemaValues } from './schema-values.js';

/** A body, and the headers that say what it is. */
export interface FuzzBody {
  /** Latin-1: a character a byte. */
  readonly bytes: string;
  readonly headers: Readonly<Record<string, string>>;
}

const NDJSON = 'application/x-ndjson';
/** Over the largest body that the service takes when nothing else is set. */
const OVERSIZED = 270 * 1024;

/** Bodies as the document has them: its own examples, and what its schemas allow. */
export function validBodies(operation: ApiOperation, options: SchemaValuesOptions): fc.Arbitrary<FuzzBody> {
  return fc.oneof(...mediaTypesOf(operation).map(([type, values]) => bodiesOf(type, values(options))));
}

/** Bodies with a few changes, any of which may make them wrong. */
export function nearlyValidBodies(
  operation: ApiOperation,
  options: SchemaValuesOptions,
): fc.Arbitrary<FuzzBody> {
  return fc.oneof(
    ...mediaTypesOf(operation).map(([type, values]) => bodiesOf(type, mutatedJson(values(options)))),
  );
}

type ValuesOf = (options: SchemaValuesOptions) => fc.Arbitrary<unknown>;

function mediaTypesOf({
  operationId,
  requestBody,
}: ApiOperation): ReadonlyArray<readonly [string, ValuesOf]> {
  return Object.entries(requestBody?.content ?? {}).map(([type, { schema, examples = {} }]) => {
    const shown = [
      ...Object.values(examples).map(({ value }) => value),
      ...(KNOWN_BODIES[operationId] ?? []),
    ].filter((value) => typeof value !== 'string');
    const values: ValuesOf = (options) => {
      const made = schemaValues(schema, options);
      return shown.length === 0 ? made : fc.oneof(fc.constantFrom(...shown), made);
    };
    return [type, values];
  });
}

function bodiesOf(type: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<FuzzBody> {
  const headers = { 'content-type': type };
  if (type === NDJSON) {
    return fc
      .array(values, { minLength: 1, maxLength: 4 })
      .map((lines) => ({ bytes: utf8(lines.map(toJsonText).join('\n')), headers }));
  }
  return fc.tuple(values, fc.nat({ max: 19 })).map(([value, die]) => {
    const text = toJsonText(value);
    if (die !== 0) return { bytes: utf8(text), headers };
    return { bytes: gzipSync(text).toString('latin1'), headers: { ...headers, 'content-encoding': 'gzip' } };
  });
}

function utf8(text: string): string {
  return Buffer.from(text).toString('latin1');
}

const brokenTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\ufeff{"query":"x"}',
    '{"query":"x"',
    '{"query":"x"}}',
    '{"query":"x"}{"query":"y"}',
    "{'query':'x'}",
    '{"query":"x",}',
    '{"query":"x"/**/}',
    '"query"',
    'query=x',
    '[',
    '\u0000',
    '[1e999]',
    '"\\ud800"',
    '{"a":1}\n\n{"b":\n',
  ),
  fc.constantFrom('[', '{"a":', '"', '{"query":"').map((open) => open.repeat(5_000)),
  fc.constantFrom(' ', '[', 'x').map((filler) => filler.repeat(OVERSIZED)),
  hostileValues.map(toJsonText),
);

const rawBytes = fc
  .oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(
      Buffer.from('\ufeff{"query":"x"}', 'utf16le'),
      Buffer.from('{"query":"\xe9"}', 'latin1'),
      Buffer.from([0x7b, 0x22, 0xd9]),
      Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
      gzipSync(Buffer.alloc(5_000_000, 0x20)),
      gzipSync('{"query":"x"}').subarray(0, 12),
    ),
  )
  .map((bytes) => bytes.toString('latin1'));

const mediaTypes = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset="UTF-8"; x=y',
  'application/json; charset=utf-16',
  'application/json; charset=__proto__',
  'application/json;',
  'application/JSON',
  'application/ld+json',
  NDJSON,
  'text/plain',
  'text/json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  '*/*',
  'json',
  `application/json; ${'a=b;'.repeat(500)}`,
  '',
);

const encodings = fc.constantFrom(
  'gzip',
  'deflate',
  'br',
  'zstd',
  'identity',
  'gzip, gzip',
  '__proto__',
  'GZIP',
  '',
);

/** Bodies that need not have to do with what is asked for, and say of themselves what is not true. */
export const wildBodies: fc.Arbitrary<FuzzBody> = fc
  .record({
    bytes: fc.oneof(brokenTexts.map(utf8), rawBytes),
    type: mediaTypes,
    encoding: fc.option(encodings, { freq: 3 }),
  })
  .map(({ bytes, type, encoding }) => ({
    bytes,
    headers: { 'content-type': type, ...(encoding === null ? {} : { 'content-encoding': encoding }) },
  }));
