import { z } from 'zod';
import { TASK_STATES } from '../../tasks/task.js';
import { nextCursorSchema } from './article-list-reply-schema.js';
import { articleCountsSchema } from './article-result-schemas.js';
import { errorReplySchema } from './error-reply-schema.js';

const { error } = errorReplySchema.shape;
const time = z.iso.datetime();

const summary = {
  id: z.string().describe('Id of the task.'),
  state: z
    .enum(TASK_STATES)
    .describe(
      'Where it is: it waits ("queued"), is "running", has come to its last article ("succeeded", also when some of them failed), ended before ("failed", and `error` tells why), or was called off ("cancelled").',
    ),
  articles_total: z.int().min(0).describe('Articles that were sent.'),
  articles_done: z.int().min(0).describe('Articles of these that are done, those that failed among them.'),
  counts: articleCountsSchema.describe('How many became what, so far.'),
  articles_per_second: z
    .number()
    .nullable()
    .describe('How fast it goes; null when it does not run, or has just begun.'),
  seconds_left: z
    .number()
    .nullable()
    .describe('How long it will take yet, by what is left in bytes; null as before.'),
  created_at: time.describe('When it was taken (ISO 8601, UTC).'),
  started_at: time.nullable().describe('When it began; null as long as it waits.'),
  finished_at: time.nullable().describe('When it was over; null before.'),
  error: error.nullable().describe('Why it ended before its last article; null when it did not.'),
};

export const taskSchema = z
  .object({
    ...summary,
    errors: z
      .array(
        z.object({
          index: z.int().min(0).describe('Place of the article among those that were sent, from 0.'),
          line: z.int().min(1).nullable().describe('Its line, from 1; null when an array was sent.'),
          id: z.string().nullable().describe('Its id; null when it could not be read.'),
          error: error.describe('What is wrong with it.'),
        }),
      )
      .describe('The first 100 articles that failed; `counts.failed` tells how many there are.'),
  })
  .meta({ id: 'Task', description: 'Articles that are written while nobody waits.' });

const taskSummarySchema = z
  .object(summary)
  .meta({ id: 'TaskSummary', description: 'A task without the errors of its articles.' });

/** The reply to what became a task. */
export const taskReplySchema = z
  .object({ task: taskSchema.describe('The task that was made.') })
  .meta({ id: 'TaskReply', description: 'What was sent is on disk and will be written.' });

/** The reply of `GET /v1/tasks`. */
export const taskListReplySchema = z
  .object({
    tasks: z.array(taskSummarySchema).describe('The newest first.'),
    next_cursor: nextCursorSchema,
  })
  .meta({ id: 'TaskList', description: 'A page of the list of tasks.' });
