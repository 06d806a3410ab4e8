import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TaskCopy } from '../../src/backup/copy-tasks.js';
import { makePlace, OVER, WAITING, writeTask } from './backup-fixtures.js';

const NEXT = '0mfa1b2c9-00000000';

describe('TaskCopy', () => {
  let place: Awaited<ReturnType<typeof makePlace>>;
  let tasks: TaskCopy;

  beforeEach(async () => {
    place = await makePlace();
    await writeTask(place.index, WAITING, 'running');
    await writeTask(place.index, OVER, 'succeeded');
    tasks = new TaskCopy({ index: place.index, copy: place.at('copy') });
    await tasks.copyArticles();
  });
  afterEach(() => place.remove());

  it('has all there is as long as no task comes or ends', async () => {
    const records = await tasks.readRecords();
    expect(records.map(({ id, isOver }) => [id, isOver])).toEqual([
      [OVER, true],
      [WAITING, false],
    ]);
    expect(await tasks.haveMovedOn(records)).toBe(false);
    expect(await tasks.write(records)).toEqual([
      `tasks/${OVER}.json`,
      `tasks/${WAITING}.json`,
      `tasks/${WAITING}.jsonl`,
    ]);
  });

  it.each([
    ['comes', () => writeTask(place.index, NEXT, 'queued')],
    ['ends, which the database forgets then', () => writeTask(place.index, WAITING, 'succeeded')],
  ])('does not fit a database any more when a task %s', async (_, change) => {
    const records = await tasks.readRecords();
    await change();
    expect(await tasks.haveMovedOn(records)).toBe(true);
    await tasks.copyArticles();
    expect(await tasks.haveMovedOn(await tasks.readRecords())).toBe(false);
  });
});
