import { describe, expect, it } from 'vitest';
import { NO_PROGRESS } from '../../../../src/tasks/task.js';
import { NO_PACE, type TaskView } from '../../../../src/tasks/task-view.js';
import { taskList } from '../../../../src/web/parts/task-list.js';
import { readUiContext } from '../../../../src/web/ui-context.js';
import { requestWith } from '../made-request.js';

const queued: TaskView = {
  version: 1,
  id: '0m1-abc',
  state: 'queued',
  form: 'lines',
  sha256: null,
  articles: 4_000,
  sizeBytes: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  progress: NO_PROGRESS,
  error: null,
  ...NO_PACE,
};
const running: TaskView = {
  ...queued,
  state: 'running',
  progress: { ...NO_PROGRESS, articlesDone: 1_000, failed: 3 },
  articlesPerSecond: 12.34,
  secondsLeft: 243,
};

/** What the list says, without its markup. */
function said(lang: 'ar' | 'en', tasks: readonly TaskView[]): string {
  const markup = taskList(readUiContext(requestWith({}), '/status', `ui=${lang}`), tasks).toString();
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('taskList', () => {
  it('says of a running task how far it is, how fast it goes and how long it will take', () => {
    expect(said('en', [running])).toBe(
      '1,000 of 4,000 articles Task 0m1-abc Articles a second: 12.3 About 5 minutes left Failed: 3',
    );
    expect(said('ar', [running])).toBe(
      '١٬٠٠٠ من ٤٬٠٠٠ من المقالات المهمة 0m1-abc المقالات في الثانية: ١٢٫٣ المتبقي نحو ٥ دقائق ما تعذّر: ٣',
    );
  });

  it('has a bar for it, whose label names it', () => {
    const markup = taskList(readUiContext(requestWith({}), '/status', ''), [running]).toString();
    expect(markup).toContain('<label for="task-1">1,000 of 4,000 articles</label>');
    expect(markup).toContain('<progress id="task-1" max="4000" value="1000">');
  });

  it('leaves out what is not known yet', () => {
    const begun = { ...running, progress: NO_PROGRESS, ...NO_PACE };
    expect(said('en', [begun])).toBe('0 of 4,000 articles Task 0m1-abc');
  });

  it('says of the others that they wait, and counts those that are not shown', () => {
    const waiting = Array.from({ length: 6 }, (_, i) => ({ ...queued, id: `t${i}` }));
    const text = said('en', [running, ...waiting]);
    expect(text.match(/Waiting for its turn: 4,000 articles/g)).toHaveLength(4);
    expect(text).toMatch(/and 2 more tasks$/);
    expect(said('ar', [running, ...waiting])).toMatch(/ومهمتان أخريان$/);
  });

  it('says that there is none', () => {
    expect(said('en', [])).toBe('No task is running or waiting.');
  });
});
