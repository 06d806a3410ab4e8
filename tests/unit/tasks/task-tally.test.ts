import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import { FihristError } from '../../../src/domain/errors.js';
import type { ArticleResult } from '../../../src/ingest/write-articles.js';
import { MOST_TASK_ERRORS, NO_PROGRESS } from '../../../src/tasks/task.js';
import { TaskTally } from '../../../src/tasks/task-tally.js';

const { signal } = new AbortController();

async function tallyOf(articles: number) {
  const tally = new TaskTally(NO_PROGRESS);
  for (let index = 0; index < articles; index++) await tally.begin(index, 10, signal);
  return tally;
}

function result(index: number, status: ArticleResult['status'] = 'created'): ArticleResult {
  const error = status === 'failed' ? { error: new FihristError('ARTICLE_LINE_INVALID', 'not JSON') } : {};
  return {
    index,
    line: index + 1,
    id: status === 'failed' ? null : asArticleId(`a${index}`),
    status,
    ...error,
  };
}

describe('TaskTally', () => {
  it('counts by what became of each article', async () => {
    const tally = await tallyOf(4);
    for (const [i, status] of (['created', 'updated', 'unchanged', 'failed'] as const).entries())
      tally.done(result(i, status));
    expect(tally.progress).toEqual({
      articlesDone: 4,
      bytesDone: 40,
      created: 1,
      updated: 1,
      unchanged: 1,
      failed: 1,
      errors: [
        {
          index: 3,
          line: 4,
          id: null,
          error: { code: 'ARTICLE_LINE_INVALID', message: 'not JSON', details: {} },
        },
      ],
    });
  });

  it('counts in the order given, so that an interrupted task knows where to go on', async () => {
    const tally = await tallyOf(3);
    tally.done(result(1));
    tally.done(result(2));
    expect(tally.articlesDone).toBe(0);
    tally.done(result(0));
    expect(tally.progress).toMatchObject({ articlesDone: 3, bytesDone: 30 });
  });

  it('counts everything that was done when it will not go on', async () => {
    const tally = await tallyOf(3);
    tally.done(result(2));
    tally.done(result(1, 'updated'));
    tally.settle();
    expect(tally.progress).toMatchObject({ articlesDone: 2, created: 1, updated: 1, bytesDone: 20 });
  });

  it('goes on from what was counted before', async () => {
    const tally = new TaskTally({ ...NO_PROGRESS, articlesDone: 5, bytesDone: 50, created: 5 });
    await tally.begin(5, 10, signal);
    tally.done(result(5));
    expect(tally.progress).toMatchObject({ articlesDone: 6, bytesDone: 60, created: 6 });
  });

  it('keeps the first errors and counts all of them', async () => {
    const articles = MOST_TASK_ERRORS + 20;
    const tally = await tallyOf(articles);
    for (let i = 0; i < articles; i++) tally.done(result(i, 'failed'));
    expect(tally.progress.failed).toBe(articles);
    expect(tally.progress.errors.map(({ index }) => index)).toEqual([...Array(MOST_TASK_ERRORS).keys()]);
  });

  it('gives copies, so that what was written down does not change', async () => {
    const tally = await tallyOf(1);
    const before = tally.progress;
    tally.done(result(0, 'failed'));
    expect(before).toEqual(NO_PROGRESS);
  });

  it('stops waiting to get ahead when it is called off', async () => {
    const tally = new TaskTally(NO_PROGRESS);
    const controller = new AbortController();
    const waiting = tally.begin(1_000_000, 10, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
