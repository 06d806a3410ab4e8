import { describe, expect, test } from 'vitest';
import { Sessions, type SessionsOptions } from '../../../src/keys/sessions.js';

const HOUR_MS = 3_600_000;

function sessionsOf(options: Omit<SessionsOptions, 'now'> = {}) {
  const clock = { nowMs: 0 };
  return { clock, sessions: new Sessions({ ...options, now: () => clock.nowMs }) };
}

describe('a session', () => {
  test('is known by its token alone, which nobody else has and nothing can be told from', () => {
    const { sessions } = sessionsOf();
    const [one, other] = [sessions.begin('a'), sessions.begin('b')];
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect([sessions.use(one), sessions.use(other)]).toEqual(['a', 'b']);
    for (const text of ['', 'a', one.slice(1), `${one}x`, one.toUpperCase(), '__proto__', 'x'.repeat(43)]) {
      expect([text, sessions.use(text)]).toEqual([text, null]);
    }
  });

  test('lasts 12 hours from the last time that it was used', () => {
    const { sessions, clock } = sessionsOf();
    const token = sessions.begin('a');
    clock.nowMs += 12 * HOUR_MS - 1;
    expect(sessions.use(token)).toBe('a');
    clock.nowMs += 12 * HOUR_MS - 1;
    expect(sessions.use(token)).toBe('a');
    clock.nowMs += 12 * HOUR_MS;
    expect(sessions.use(token)).toBeNull();
    expect(sessions.use(token)).toBeNull();
  });

  test('ends when its reader says so, and no other does', () => {
    const { sessions } = sessionsOf();
    const [one, other] = [sessions.begin('a'), sessions.begin('a')];
    sessions.end(one);
    sessions.end('no such token');
    expect([sessions.use(one), sessions.use(other)]).toEqual([null, 'a']);
  });
});

describe('sessions', () => {
  test('of one key are bounded: the one that was unused longest makes room', () => {
    const { sessions } = sessionsOf({ maxOfKey: 2 });
    const others = sessions.begin('b');
    const [first, second] = [sessions.begin('a'), sessions.begin('a')];
    sessions.use(first);
    const third = sessions.begin('a');
    expect([first, second, third, others].map((token) => sessions.use(token))).toEqual(['a', null, 'a', 'b']);
  });

  test('of all keys are bounded, whoever begins them', () => {
    const { sessions } = sessionsOf({ maxSessions: 50 });
    const tokens = Array.from({ length: 500 }, (_, i) => sessions.begin(`key ${i}`));
    expect(sessions.count).toBe(50);
    expect(tokens.filter((token) => sessions.use(token) !== null)).toEqual(tokens.slice(-50));
  });

  test('that nobody uses any more take no room', () => {
    const { sessions, clock } = sessionsOf();
    sessions.begin('a');
    clock.nowMs += 6 * HOUR_MS;
    const later = sessions.begin('a');
    clock.nowMs += 6 * HOUR_MS;
    expect(sessions.count).toBe(1);
    expect(sessions.use(later)).toBe('a');
  });
});
