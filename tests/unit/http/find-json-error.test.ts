import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonError } from '../../../src/http/find-json-error.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonError', () => {
  test.each([
    ['{"query": abc}', 10, 'a value'],
    ['{"query": "a",}', 14, 'a field name in double quotes'],
    ["{'query': 1}", 1, 'a field name in double quotes or "}"'],
    ['{"query" 1}', 9, '":"'],
    ['{"query": 1', 11, '"," or the closing bracket'],
    ['[1, 2', 5, '"," or the closing bracket'],
    ['[1,]', 3, 'a value'],
    ['[}', 1, 'a value or "]"'],
    ['{"query": "a', 12, 'the rest of a string'],
    ['{"query": "a\nb"}', 12, 'the rest of a string'],
    ['{} {}', 3, 'the end of the text'],
    ['{"a": 01}', 7, '"," or the closing bracket'],
    ['   ', 3, 'a value'],
  ])('points into %j', (text, offset, expected) => {
    expect(findJsonError(text)).toEqual({ offset, expected });
  });

  test('finds nothing wrong with any JSON text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
        expect(findJsonError(JSON.stringify(value, null, indent))).toBeNull();
      }),
    );
  });

  test('agrees with JSON.parse about a text with one character changed', () => {
    const edits = fc.constantFrom(
      '',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '0',
      '-',
      '.',
      'e',
      't',
      ' ',
      'ع',
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), edits, (value, seed, edit) => {
        const text = JSON.stringify(value);
        const at = seed % (text.length + 1);
        const edited = text.slice(0, at) + edit + text.slice(at + 1);
        expect(findJsonError(edited) === null).toBe(isJson(edited));
      }),
      { numRuns: 1_000 },
    );
  });

  test('points to the end of a text that was cut off, or to the token that the cut went through', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, seed) => {
        const text = JSON.stringify([value]);
        const cut = text.slice(0, seed % text.length);
        expect(cut.slice(findJsonError(cut)?.offset)).toMatch(/^[-+.\\\w]*$/);
      }),
    );
  });

  test('walks through nesting of any depth', () => {
    expect(findJsonError('['.repeat(200_000))?.offset).toBe(200_000);
  });
});
