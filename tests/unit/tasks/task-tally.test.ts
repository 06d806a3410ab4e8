import { describe, expect, it } from 'vitest';
import type { TaskResult } from '../../../src/storage/task-ledger.js';
import { MOST_TASK_ERRORS, NO_PROGRESS } from '../../../src/tasks/task.js';
import { TaskTally } from '../../../src/tasks/task-tally.js';

const failureOf = (index: number) => ({
  index,
  line: index + 1,
  id: null,
  error: { code: 'ARTICLE_LINE_INVALID' as const, message: 'not JSON', details: {} },
});

function result(index: number, status: TaskResult['status'] = 'created'): TaskResult {
  const failure = status === 'failed' ? JSON.stringify(failureOf(index)) : null;
  return { task: 'the task', index, status, sizeBytes: 10, failure };
}

describe('TaskTally', () => {
  it('counts by what became of each article', () => {
    const tally = new TaskTally(NO_PROGRESS);
    for (const [i, status] of (['created', 'updated', 'unchanged', 'failed'] as const).entries())
      tally.done(result(i, status));
    expect(tally.soFar).toEqual(tally.inOrder);
    expect(tally.inOrder).toEqual({
      articlesDone: 4,
      bytesDone: 40,
      created: 1,
      updated: 1,
      unchanged: 1,
      failed: 1,
      errors: [failureOf(3)],
    });
  });

  it('counts in the order given, so that an interrupted task knows where to go on', () => {
    const tally = new TaskTally(NO_PROGRESS);
    tally.done(result(1));
    tally.done(result(2));
    expect(tally.inOrder).toEqual(NO_PROGRESS);
    tally.done(result(0));
    expect(tally.inOrder).toMatchObject({ articlesDone: 3, bytesDone: 30, created: 3 });
  });

  it('counts what is done behind an article that is not, for whoever looks on', () => {
    const tally = new TaskTally(NO_PROGRESS);
    tally.done(result(3, 'failed'));
    tally.done(result(1, 'failed'));
    tally.done(result(2, 'updated'));
    expect(tally.soFar).toMatchObject({ articlesDone: 3, updated: 1, failed: 2, bytesDone: 30 });
    expect(tally.soFar.errors.map(({ index }) => index)).toEqual([1, 3]);
  });

  it('goes on from what was counted before', () => {
    const tally = new TaskTally({ ...NO_PROGRESS, articlesDone: 5, bytesDone: 50, created: 5 });
    tally.done(result(5));
    expect(tally.inOrder).toMatchObject({ articlesDone: 6, bytesDone: 60, created: 6 });
  });

  it('keeps the first errors and counts all of them', () => {
    const articles = MOST_TASK_ERRORS + 20;
    const tally = new TaskTally(NO_PROGRESS);
    for (let i = 0; i < articles; i++) tally.done(result(i, 'failed'));
    expect(tally.inOrder.failed).toBe(articles);
    expect(tally.inOrder.errors.map(({ index }) => index)).toEqual([...Array(MOST_TASK_ERRORS).keys()]);
  });

  it('takes over what the archive keeps, with the errors that a record of an earlier program has', () => {
    const [early, counted, behind] = [failureOf(0), failureOf(2), failureOf(5)];
    const tally = TaskTally.of(
      {
        counts: { articlesDone: 4, bytesDone: 40, created: 2, updated: 0, unchanged: 0, failed: 2 },
        failures: [{ index: 2, failure: JSON.stringify(counted) }],
        ahead: [result(5, 'failed'), result(7)],
      },
      [early],
    );
    expect(tally.inOrder).toMatchObject({ articlesDone: 4, errors: [early, counted] });
    expect(tally.soFar).toMatchObject({
      articlesDone: 6,
      bytesDone: 60,
      created: 3,
      failed: 3,
      errors: [early, counted, behind],
    });
    expect([3, 4, 5, 6, 7].filter((index) => tally.isDone(index))).toEqual([3, 5, 7]);
    tally.done(result(4));
    expect(tally.inOrder).toMatchObject({ articlesDone: 6, errors: [early, counted, behind] });
  });

  it('gives copies, so that what was written down does not change', () => {
    const tally = new TaskTally(NO_PROGRESS);
    const before = [tally.inOrder, tally.soFar];
    tally.done(result(0, 'failed'));
    expect(before).toEqual([NO_PROGRESS, NO_PROGRESS]);
  });

  it('stops waiting to get ahead when it is called off', async () => {
    const tally = new TaskTally(NO_PROGRESS);
    const controller = new AbortController();
    const waiting = tally.roomFor(1_000_000, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
