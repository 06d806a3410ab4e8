import { describe, expect, test } from 'vitest';
import { readExpiry } from '../../../src/keys/read-expiry.js';

const NOW = Date.UTC(2026, 10, 25, 12);

describe('the end of a key', () => {
  test.each([
    ['2027-01-01', '2027-01-01T00:00:00.000Z'],
    ['2027-01-01T09:30+03:00', '2027-01-01T06:30:00.000Z'],
    ['2027', '2027-01-01T00:00:00.000Z'],
    ['90d', '2027-02-23T12:00:00.000Z'],
    ['12h', '2026-11-26T00:00:00.000Z'],
    [' 1d ', '2026-11-26T12:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(new Date(readExpiry(text, NOW)).toISOString()).toBe(expected);
  });

  test.each(['', 'never', '0d', '-1d', '1.5d', '90', '90 days', '999999d', '2027-02-30', '31/12/2027'])(
    '"%s" is refused, with what is allowed',
    (text) => {
      expect(() => readExpiry(text, NOW)).toThrow(
        expect.objectContaining({
          code: 'INVALID_REQUEST',
          message: expect.stringContaining('such as 90d or 12h'),
        }),
      );
    },
  );
});
