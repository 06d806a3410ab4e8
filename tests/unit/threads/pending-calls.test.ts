import { describe, expect, it } from 'vitest';
import { PendingCalls } from '../../../src/threads/pending-calls.js';

describe('PendingCalls', () => {
  it('gives each call a number from 1, and the call for its number once', () => {
    const calls = new PendingCalls<string>();
    const first = calls.add('first');
    const second = calls.add('second');
    expect([first, second]).toEqual([1, 2]);
    expect(calls.take(second)).toBe('second');
    expect(calls.take(second)).toBeUndefined();
    expect(calls.size).toBe(1);
  });

  it('has no call of a number that was never given', () => {
    const calls = new PendingCalls<string>();
    calls.add('only');
    expect([calls.take(0), calls.take(2), calls.take(-1)]).toEqual([undefined, undefined, undefined]);
    expect(calls.size).toBe(1);
  });

  it('uses numbers again, and never one of a call that still waits', () => {
    const calls = new PendingCalls<string>();
    const waiting = calls.add('waiting');
    calls.take(calls.add('gone'));
    const next = calls.add('next');
    expect(next).toBe(2);
    expect(calls.take(waiting)).toBe('waiting');
    expect(calls.take(next)).toBe('next');
    expect(calls.size).toBe(0);
  });

  it('lists those that wait, and takes out all at once', () => {
    const calls = new PendingCalls<string>();
    calls.add('a');
    calls.take(calls.add('b'));
    calls.add('c');
    expect([...calls]).toEqual(['a', 'c']);
    expect(calls.takeAll()).toEqual(['a', 'c']);
    expect([...calls]).toEqual([]);
    expect(calls.add('d')).toBe(1);
  });
});
