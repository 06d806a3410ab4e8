import { describe, expect, it } from 'vitest';
import { TaskIds } from '../../../src/tasks/task-ids.js';

describe('TaskIds', () => {
  it('gives ids that rise, also within a millisecond', () => {
    const ids = new TaskIds(undefined);
    const given = Array.from({ length: 100 }, () => ids.next());
    expect([...given].sort()).toEqual(given);
    expect(new Set(given).size).toBe(100);
  });

  it('goes on behind the newest there is, also when the clock was put back', () => {
    const newest = `${(Date.now() + 3_600_000).toString(36).padStart(9, '0')}-ffffffff`;
    expect(new TaskIds(newest).next() > newest).toBe(true);
  });
});
