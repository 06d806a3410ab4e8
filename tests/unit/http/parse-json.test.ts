import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/http/parse-json.js';

describe('parseJson', () => {
  test('reads a body and passes over a byte order mark', () => {
    expect(parseJson(Buffer.from('\uFEFF{"query": "نوم"}'))).toEqual({ query: 'نوم' });
  });

  test('says that a body is empty', () => {
    expect(() => parseJson(Buffer.alloc(0))).toThrow(/body is empty/);
  });

  test('says that a body is not UTF-8', () => {
    expect(() => parseJson(Buffer.from('{"query": "caf\xe9"}', 'latin1'))).toThrow(/not valid UTF-8/);
  });

  test('names the position, the line and the column where a body stops being JSON', () => {
    expect(() => parseJson(Buffer.from('{\n  "query": نوم\n}'))).toThrow(
      'at position 13 (line 2, column 12) "ن" stands where a value was expected',
    );
  });

  test('says that a body ends too early', () => {
    expect(() => parseJson(Buffer.from('{"query": "a"'))).toThrow('it ends where "," or the closing bracket');
  });
});
