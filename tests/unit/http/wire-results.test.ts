import { describe, expect, test } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import { FihristError } from '../../../src/domain/errors.js';
import { toWireCounts, toWireResult, toWireTask, toWireTaskSummary } from '../../../src/http/wire-results.js';
import { sampleTask } from './sample-tasks.js';

describe('the wire format of what became of articles', () => {
  test('has a line only where there are lines, and an error only where something is wrong', () => {
    const id = asArticleId('a');
    expect(toWireResult({ index: 0, id, status: 'created' })).toEqual({
      index: 0,
      id: 'a',
      status: 'created',
    });
    const error = new FihristError('ARTICLE_ID_DUPLICATE', 'taken', { details: { keptBy: 'corpus' } });
    expect(toWireResult({ index: 1, line: 3, id, status: 'failed', error })).toEqual({
      index: 1,
      line: 3,
      id: 'a',
      status: 'failed',
      error: {
        code: 'ARTICLE_ID_DUPLICATE',
        message: 'taken',
        type: 'caller',
        details: { kept_by: 'corpus' },
        link: '/docs/errors#article_id_duplicate',
      },
    });
  });

  test('counts by status', () => {
    const results = ['created', 'failed', 'created', 'unchanged'] as const;
    expect(toWireCounts(results.map((status) => ({ status })))).toEqual({
      created: 2,
      updated: 0,
      unchanged: 1,
      failed: 1,
    });
  });
});

describe('the wire format of a task', () => {
  test('has numbers that are not more exact than they are, and the errors of its articles', () => {
    expect(toWireTask(sampleTask)).toMatchObject({
      id: sampleTask.id,
      state: 'running',
      articles_total: 5_000,
      articles_done: 1_250,
      counts: { created: 1_200, updated: 30, unchanged: 19, failed: 1 },
      articles_per_second: 12.3,
      seconds_left: 303.8,
      finished_at: null,
      error: null,
      errors: [{ index: 16, line: 17, id: null, error: { code: 'ARTICLE_LINE_INVALID', type: 'caller' } }],
    });
  });

  test('tells why it failed', () => {
    const failure = { code: 'DISK_FULL', message: 'full', details: {} } as const;
    expect(toWireTaskSummary({ ...sampleTask, state: 'failed', error: failure })).toMatchObject({
      state: 'failed',
      error: { code: 'DISK_FULL', type: 'operator', link: '/docs/errors#disk_full' },
    });
  });
});
