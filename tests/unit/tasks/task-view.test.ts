import { describe, expect, it } from 'vitest';
import { NO_PACE, paceOf } from '../../../src/tasks/task-view.js';

describe('paceOf', () => {
  it('tells articles a second, and the seconds left by what is left in bytes', () => {
    expect(paceOf({ articles: 20, bytes: 1_000, bytesLeft: 3_000, elapsedMs: 10_000 })).toEqual({
      articlesPerSecond: 2,
      secondsLeft: 30,
    });
  });

  it('says nothing before the first article is done', () => {
    expect(paceOf({ articles: 0, bytes: 0, bytesLeft: 3_000, elapsedMs: 10_000 })).toEqual(NO_PACE);
  });

  it('never goes below zero', () => {
    const pace = paceOf({ articles: 1, bytes: 10, bytesLeft: -1, elapsedMs: 1_000 });
    expect(pace.secondsLeft).toBe(0);
  });
});
