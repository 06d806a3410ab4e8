import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonDepth } from '../../../src/http/json-depth.js';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('how deep a JSON text is', () => {
  test.each([
    ['1', 0],
    ['"[[["', 0],
    ['"\\"[["', 0],
    ['"\\\\"', 0],
    ['[]', 1],
    ['{"[{":"]}"}', 1],
    ['[[],[[]],[]]', 3],
    ['[{"a":[1]}]', 3],
    ['[[[', 3],
    [']]][[', 0],
    ['"[[', 0],
    ['', 0],
  ])('%s: %d', (text, depth) => {
    expect(jsonDepth(text)).toBe(depth);
  });

  test('is that of the value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => jsonDepth(JSON.stringify(value)) === depthOf(value)));
  });

  test('is found of megabytes of brackets', () => {
    expect(jsonDepth('['.repeat(5_000_000))).toBe(5_000_000);
  });
});
