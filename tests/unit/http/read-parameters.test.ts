import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeField } from '../../../src/http/describe-field.js';
import { readParameters } from '../../../src/http/read-parameters.js';

const described = <Schema extends z.ZodType>(schema: Schema, allowed: string) =>
  describeField(schema, { allowed, meaning: 'A parameter.' });

const schema = z.object({
  query: described(z.string().min(1), 'a text'),
  share: described(z.number().min(-1).max(1).optional(), 'a number from -1 to 1'),
  count: described(z.int().default(3), 'a whole number'),
  deep: described(z.boolean().default(false), 'true or false'),
  sizes: described(z.array(z.int()).optional(), 'whole numbers'),
});

describe('the parameters of an address', () => {
  test('are read as what they are, defaults filled in', () => {
    expect(readParameters('query=5&share=-0.25&deep=true&sizes=1,2&sizes=3', schema)).toEqual({
      query: '5',
      share: -0.25,
      count: 3,
      deep: true,
      sizes: [1, 2, 3],
    });
  });

  test('are decoded as forms are', () => {
    expect(readParameters('query=%D9%86%D9%88%D9%85+a%2Bb', schema).query).toBe('نوم a+b');
  });

  test.each([
    ['', 'query is missing; it must be a text.'],
    ['query=', 'query must be a text, not "".'],
    ['query=a&query=b', 'query must be a text, not "a,b".'],
    ['query=a&count=1.5', 'count must be a whole number, not "1.5".'],
    ['query=a&count=5.0', 'count must be a whole number, not "5.0".'],
    ['query=a&count=1e3', 'count must be a whole number, not "1e3".'],
    ['query=a&count=', 'count must be a whole number, not "".'],
    ['query=a&share=2', 'share must be a number from -1 to 1, not "2".'],
    ['query=a&deep=1', 'deep must be true or false, not "1".'],
    ['query=a&sizes=1,x', 'sizes must be whole numbers, not "x".'],
  ])('are refused: %s', (search, message) => {
    expect(() => readParameters(search, schema)).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', message }),
    );
  });

  test('are refused when there is one that does not exist', () => {
    expect(() => readParameters('query=a&__proto__=b', schema)).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_FIELD',
        message: 'There is no parameter "__proto__"; known parameters: query, share, count, deep, sizes.',
      }),
    );
  });
});
