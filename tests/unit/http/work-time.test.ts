import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type TimeLimits, WorkTime } from '../../../src/http/work-time.js';

const LIMITS: TimeLimits = { light: null, search: 10, answer: null, embedding: null, write: null };

function replyOf(state: Partial<Pick<ServerResponse, 'headersSent' | 'writableFinished'>> = {}) {
  return Object.assign(new EventEmitter(), {
    headersSent: false,
    writableFinished: false,
    ...state,
  }) as unknown as ServerResponse;
}

describe('WorkTime', () => {
  it('has nothing that could be raced with where there is no limit: it would remember everyone who did', () => {
    expect(new WorkTime(replyOf(), 'light', LIMITS).over).toBeNull();
  });

  it('is over at the limit, and tells so to the work', async () => {
    const time = new WorkTime(replyOf(), 'search', LIMITS);
    await expect(time.over).rejects.toMatchObject({ code: 'TIME_LIMIT_REACHED', details: { limit: 10 } });
    expect(time.signal.reason).toMatchObject({ code: 'TIME_LIMIT_REACHED' });
  });

  it('fires no signal when the reply is out, and one when the caller has gone before', () => {
    const [answered, gone] = [{ writableFinished: true }, {}].map((state) => {
      const res = replyOf(state);
      const time = new WorkTime(res, 'search', LIMITS);
      res.emit('close');
      return time.signal.aborted;
    });
    expect([answered, gone]).toEqual([false, true]);
  });
});
