import { describe, expect, test } from 'vitest';
import { describeValue, quoteValue } from '../../../src/text/describe-value.js';

describe('describeValue', () => {
  test('repeats short strings, numbers, booleans and null', () => {
    expect(['a', 1.5, true, null].map(describeValue)).toEqual(['a', 1.5, true, null]);
  });

  test('spells out numbers that JSON cannot hold', () => {
    expect(describeValue(Number.POSITIVE_INFINITY)).toBe('Infinity');
  });

  test('names arrays and objects without repeating them', () => {
    expect(describeValue([1, 2])).toBe('an array of 2');
    expect(describeValue({ a: 1 })).toBe('an object');
  });

  test('cuts long strings and leaves no half character', () => {
    const cut = describeValue(`${'a'.repeat(99)}😀😀`);
    expect(cut).toBe(`${'a'.repeat(99)}…`);
    expect(describeValue('ب'.repeat(1_000))).toHaveLength(101);
  });

  test('puts strings of a sentence in quotes', () => {
    expect(quoteValue('hy"brid')).toBe('"hy\\"brid"');
    expect(quoteValue(5)).toBe('5');
  });
});
