import type { z } from 'zod';
import { FihristError } from '../domain/errors.js';
import type { ArticleResult } from '../ingest/write-articles.js';
import type { Task, TaskFailure } from '../tasks/task.js';
import type { TaskView } from '../tasks/task-view.js';
import type { articleCountsSchema, articleResultSchema } from './schemas/article-result-schemas.js';
import type { taskSchema } from './schemas/task-reply-schemas.js';
import { toWireError } from './wire-format.js';

/*
 * What became of articles, and tasks, in the form of the wire: see wire-format.ts.
 */

type WireResult = z.infer<typeof articleResultSchema>;
type WireCounts = z.infer<typeof articleCountsSchema>;
type WireTask = z.infer<typeof taskSchema>;

export function toWireResult({ index, line, id, status, error }: ArticleResult): WireResult {
  return {
    index,
    ...(line === undefined ? {} : { line }),
    id,
    status,
    ...(error === undefined ? {} : { error: toErrorFields(error) }),
  };
}

export function toWireCounts(results: ReadonlyArray<Pick<ArticleResult, 'status'>>): WireCounts {
  const counts = { created: 0, updated: 0, unchanged: 0, failed: 0 };
  for (const { status } of results) counts[status] += 1;
  return counts;
}

export function toWireTask(task: TaskView): WireTask {
  return {
    ...toWireTaskSummary(task),
    errors: task.progress.errors.map(({ error, ...place }) => ({ ...place, error: toFailureFields(error) })),
  };
}

export function toWireTaskSummary(task: TaskView): Omit<WireTask, 'errors'> {
  const { created, updated, unchanged, failed } = task.progress;
  return {
    id: task.id,
    state: task.state,
    articles_total: task.articles,
    articles_done: task.progress.articlesDone,
    counts: { created, updated, unchanged, failed },
    articles_per_second: rounded(task.articlesPerSecond),
    seconds_left: rounded(task.secondsLeft),
    created_at: task.createdAt,
    started_at: task.startedAt,
    finished_at: task.finishedAt,
    error: failureOf(task),
  };
}

function failureOf({ error }: Task) {
  return error === null ? null : toFailureFields(error);
}

function toFailureFields({ code, message, details }: TaskFailure) {
  return toErrorFields(new FihristError(code, message, { details }));
}

/** An error as a field of something else. */
export function toErrorFields(error: FihristError): NonNullable<WireResult['error']> {
  const { error: fields } = toWireError(error);
  const details = Object.entries(fields.details).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? [...value] : value,
  ]);
  return { ...fields, details: Object.fromEntries(details) };
}

/** To a tenth: more would be read into it than there is. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
