import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FihristError } from '../../../src/client/fihrist-error.js';
import { readRetryAfter } from '../../../src/client/read-error.js';
import { type Repeats, waitBeforeRepeating } from '../../../src/client/repeat-policy.js';
import { ERROR_CATALOGUE } from '../../../src/domain/error-catalogue.js';

function waitAfter(
  code: string,
  {
    status = null as number | null,
    retryAfterMs = null as number | null,
    attempt = 0,
    random = 0,
    repeats = 'always' as Repeats,
  } = {},
): number | null {
  return waitBeforeRepeating(new FihristError(code, 'm', { status, retryAfterMs }), {
    attempt,
    repeats,
    random,
  });
}

describe('a call that failed', () => {
  test('is sent again after refusals that pass by themselves, and after no other word of the service', () => {
    const repeated = Object.entries(ERROR_CATALOGUE)
      .filter(([code, { httpStatus }]) => waitAfter(code, { status: httpStatus }) !== null)
      .map(([code]) => code);
    expect(repeated.sort()).toEqual([
      'MEMORY_SHORT',
      'NOT_READY',
      'OVERLOADED',
      'RATE_LIMITED',
      'SHUTTING_DOWN',
      'TASK_QUEUE_FULL',
    ]);
  });

  test('is sent again when a proxy says that there is no room, or that the service is away', () => {
    const statuses = [400, 404, 429, 500, 502, 503, 504];
    expect(statuses.filter((status) => waitAfter('REPLY_INVALID', { status }) !== null)).toEqual([
      429, 502, 503,
    ]);
  });

  test('is sent again when nobody knows what became of it only if that does no harm', () => {
    expect(waitAfter('CONNECTION_FAILED')).toBe(250);
    expect(waitAfter('CONNECTION_FAILED', { repeats: 'if-refused' })).toBeNull();
    expect(waitAfter('REPLY_INVALID', { status: 502, repeats: 'if-refused' })).toBeNull();
    expect(waitAfter('OVERLOADED', { status: 503, repeats: 'if-refused' })).toBe(250);
  });

  test('is not sent again when its time was over, or when it was the caller who threw', () => {
    expect(waitAfter('TIMED_OUT')).toBeNull();
    expect(waitAfter('ARGUMENT_INVALID')).toBeNull();
    expect(waitBeforeRepeating(new TypeError('x'), { attempt: 0, repeats: 'always', random: 0 })).toBeNull();
  });

  test('waits twice as long each time, up to 8 s, cut by up to a half', () => {
    const waits = (random: number) =>
      [0, 1, 2, 3, 4, 5, 6, 60, 2_000].map((attempt) => waitAfter('CONNECTION_FAILED', { attempt, random }));
    expect(waits(0)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]);
    expect(waits(1)).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000]);
  });

  test('never comes back before Retry-After, nor more than a quarter later', () => {
    const after = fc.integer({ min: 4_000, max: 60_000 });
    fc.assert(
      fc.property(
        after,
        fc.nat(10),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (retryAfterMs, attempt, random) => {
          const waited = waitAfter('OVERLOADED', { status: 503, retryAfterMs, attempt, random });
          expect(waited).toBeGreaterThanOrEqual(retryAfterMs);
          expect(waited).toBeLessThanOrEqual(retryAfterMs * 1.25);
        },
      ),
    );
    expect(waitAfter('OVERLOADED', { status: 503, retryAfterMs: 0 })).toBe(125);
  });

  test('is not kept waiting when it is told to come back in more than a minute', () => {
    expect(waitAfter('RATE_LIMITED', { status: 429, retryAfterMs: 60_000 })).toBe(60_000);
    expect(waitAfter('RATE_LIMITED', { status: 429, retryAfterMs: 60_001 })).toBeNull();
  });
});

describe('Retry-After', () => {
  test('is read as seconds and as a date, and passed over when it is neither', () => {
    expect(readRetryAfter('5')).toBe(5_000);
    expect(readRetryAfter(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(57_000);
    expect(readRetryAfter('Thu, 01 Jan 1970 00:00:00 GMT')).toBe(0);
    expect(readRetryAfter('soon')).toBeNull();
    expect(readRetryAfter(null)).toBeNull();
  });
});
