import { describe, expect, test } from 'vitest';
import { checkContentType } from '../../../src/http/check-content-type.js';

const both = ['application/json', 'application/x-ndjson'];

describe('the content type of a body', () => {
  test.each([
    ['application/json', 'application/json'],
    ['Application/X-NDJSON; charset="UTF-8"', 'application/x-ndjson'],
    ['application/x-ndjson;charset=utf8', 'application/x-ndjson'],
  ])('is one of those that are allowed: %s', (given, found) => {
    expect(checkContentType(given, both)).toBe(found);
  });

  test.each([
    [undefined, 'Content-Type is missing; send "application/json" or "application/x-ndjson" (in UTF-8).'],
    [
      'text/plain',
      'Content-Type is "text/plain"; send "application/json" or "application/x-ndjson" (in UTF-8).',
    ],
    [
      'application/json; charset=latin1',
      'Content-Type is "application/json; charset=latin1"; send "application/json" or "application/x-ndjson" (in UTF-8).',
    ],
  ])('is refused otherwise: %s', (given, message) => {
    expect(() => checkContentType(given, both)).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_MEDIA_TYPE',
        message,
        details: { header: 'content-type', value: given ?? null, allowed: both },
      }),
    );
  });
});
