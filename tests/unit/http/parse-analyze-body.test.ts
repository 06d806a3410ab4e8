import { describe, expect, test } from 'vitest';
import { parseAnalyzeBody } from '../../../src/http/parse-analyze-body.js';

describe('parseAnalyzeBody', () => {
  test('gives the text', () => {
    expect(parseAnalyzeBody({ text: 'المدرسة' })).toBe('المدرسة');
  });

  test.each([
    [null, 'INVALID_REQUEST', 'body', 'The request body must be a JSON object, not null.'],
    [['a'], 'INVALID_REQUEST', 'body', 'The request body must be a JSON object, not an array of 1.'],
    [{}, 'INVALID_REQUEST', 'text', 'text is missing; it must be a string.'],
    [{ text: 5 }, 'INVALID_REQUEST', 'text', 'text must be a string, not 5.'],
    [{ text: 'a', limit: 1 }, 'UNKNOWN_FIELD', 'limit', 'There is no field "limit"; known fields: text.'],
  ])('refuses %j, naming the field', (body, code, field, message) => {
    expect(() => parseAnalyzeBody(body)).toThrow(
      expect.objectContaining({ code, message, details: expect.objectContaining({ field }) }),
    );
  });
});
