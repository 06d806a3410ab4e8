import { describe, expect, test } from 'vitest';
import {
  clearSessionCookie,
  readSessionCookie,
  writeSessionCookie,
} from '../../../../src/http/sessions/session-cookie.js';

describe('the cookie of a session', () => {
  test('is out of reach of scripts and of other sites, and over https of everything that is not', () => {
    expect(writeSessionCookie('abc', false)).toBe('fihrist-session=abc; Path=/; HttpOnly; SameSite=Strict');
    expect(writeSessionCookie('abc', true)).toBe(
      '__Host-fihrist-session=abc; Path=/; HttpOnly; SameSite=Strict; Secure',
    );
    expect(clearSessionCookie(true)).toBe(
      '__Host-fihrist-session=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0',
    );
  });

  test.each<[string | undefined, string | null]>([
    [undefined, null],
    ['', null],
    ['fihrist-session', null],
    ['fihrist-session=abc', 'abc'],
    ['a=b; fihrist-session = abc ;c', 'abc'],
    ['x-fihrist-session=abc; FIHRIST-SESSION=abc', null],
    ['fihrist-session=first; fihrist-session=second', 'first'],
    ['__Host-fihrist-session=abc', null],
  ])('is found in %j', (header, token) => {
    expect(readSessionCookie(header, false)).toBe(token);
  });

  test('over https is the one that came by https, whatever else is there', () => {
    expect(readSessionCookie('fihrist-session=planted', true)).toBeNull();
    expect(readSessionCookie('fihrist-session=planted; __Host-fihrist-session=abc', true)).toBe('abc');
  });
});
