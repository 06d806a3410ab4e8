import fc from 'fast-check';
import { RawJson } from './json-text.js';

/** Texts that have broken programs: by their characters, or because they mean something to some layer. */
const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00\ud800y',
  '\uffff\ufffe',
  '\u202eelpmas\u202c',
  '\u2066\u2067\u2068\u2069\u200e\u200f\u061c',
  '\u064b\u064c\u064d\u0651\u0640\u0640',
  `e${'\u0301'.repeat(300)}`,
  '\ufdfa\ufdfb\ufefb',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}',
  '\r\nX-Injected: 1\r\n\r\n',
  '__proto__',
  'constructor',
  'toString',
  '../../../../etc/passwd',
  '..\\..\\windows',
  '%2e%2e%2f',
  '%00',
  '%',
  '%zz',
  '"\'`;--',
  "' OR 1=1 --",
  '"foo" NEAR/2 "bar" AND (',
  'text:* OR *',
  '^$\\b(a+)+$',
  '<script>alert(1)</script>',
  '#{7*7}{{7*7}}',
  'NaN',
  '-0',
  '1e309',
  '0x10',
  '٣٫١٤',
  '2024-02-30',
  '-271821-04-20',
  '+275760-09-14T00:00:00Z',
  'null',
  'true',
  '[object Object]',
] as const;

/** Names that objects have anyway, or that some parser reads in a special way. */
export const HOSTILE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  '0',
  '$ref',
  '\ud800',
  'limit ',
  'Query',
] as const;

/** Just below, at and above the limits that the service has, and some round sizes. */
const LENGTHS = [199, 200, 201, 511, 512, 513, 999, 1_000, 1_001, 9_999, 10_000, 10_001, 16_384];

/** Pieces that long texts are made of: what they are made of decides how many tokens and words there are. */
const PIECES = ['a', 'ab ', 'كتاب ', 'ً', '\u{1f600}', 'word. ', '((', '\u200f', '1 ', 'ae\u0301', '\n'];

const longTexts = fc
  .tuple(fc.constantFrom(...PIECES), fc.constantFrom(...LENGTHS))
  .map(([piece, length]) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length));

export const hostileTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: longTexts },
);

/** Numbers as they are written, since some cannot be held by what parses them. */
const hostileNumbers = fc
  .oneof(
    fc.constantFrom('0', '-0', '-1', '1.5', '1e999', '-1e999', '1e-999', '9007199254740993', '0.1e1'),
    fc.constantFrom('2147483648', '18446744073709551616', '1000000', '1e3', `1${'0'.repeat(400)}`),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  )
  .map((text) => new RawJson(text));

/** What parsers accept beyond JSON, and serialisers write when they are wrong. */
const brokenLiterals = fc
  .constantFrom('NaN', 'Infinity', 'undefined', "'x'", '01', '.5', '+1', '"\u0001"', '"\\x"', '"\\u12"', '')
  .map((text) => new RawJson(text));

const deepNesting = fc
  .tuple(fc.constantFrom('[', '{"a":', '{"type":"and","filters":['), fc.constantFrom(10, 200, 3_000, 12_000))
  .map(([open, times]) => {
    const close = open === '[' ? ']' : open === '{"a":' ? '}' : ']}';
    return new RawJson(`${open.repeat(times)}1${close.repeat(times)}`);
  });

/** Any value where another one was meant. */
export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: hostileTexts },
  { weight: 4, arbitrary: hostileNumbers },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: 1 }) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.array(hostileTexts, { maxLength: 300 }) },
  { weight: 1, arbitrary: brokenLiterals },
  { weight: 1, arbitrary: deepNesting },
);
