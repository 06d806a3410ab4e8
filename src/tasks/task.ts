import { z } from 'zod';
import { ERROR_CATALOGUE } from '../domain/error-catalogue.js';
import { type ErrorCode, FihristError } from '../domain/errors.js';
import { MOST_KEPT_FAILURES } from '../storage/task-ledger.js';

const codes = Object.keys(ERROR_CATALOGUE) as [ErrorCode, ...ErrorCode[]];

const failure = z.object({
  code: z.enum(codes),
  message: z.string(),
  details: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
  ),
});

const count = z.int().min(0);

const articleFailure = z.object({
  index: count,
  line: z.int().nullable(),
  id: z.string().nullable(),
  error: failure,
});

const progress = z.object({
  /** Articles that are done, in the order given: the next one to do has this index. */
  articlesDone: count,
  bytesDone: count,
  created: count,
  updated: count,
  unchanged: count,
  failed: count,
  /** Of those that failed, the first ones. */
  errors: z.array(articleFailure),
});

export const TASK_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

/** A task as it is kept, in `<id>.json`. */
export const taskRecord = z.object({
  version: z.literal(1),
  id: z.string(),
  state: z.enum(TASK_STATES),
  /** Whether its articles came as one JSON array, or as lines with a number each. */
  form: z.enum(['array', 'lines']),
  articles: count,
  sizeBytes: count,
  /** Of the file of its articles; null for a task of an earlier version. */
  sha256: z.string().nullable().default(null),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  progress,
  /** Why it ended before its last article; null when it did not. */
  error: failure.nullable(),
});

/** Articles that are written one after the other while nobody waits for them. */
export type Task = Readonly<z.infer<typeof taskRecord>>;
export type TaskState = Task['state'];
export type TaskProgress = z.infer<typeof progress>;
export type TaskFailure = z.infer<typeof failure>;
export type ArticleFailure = z.infer<typeof articleFailure>;

/** Errors that a task keeps; how many there were in all, `failed` tells. */
export const MOST_TASK_ERRORS = MOST_KEPT_FAILURES;

export const NO_PROGRESS: TaskProgress = {
  articlesDone: 0,
  bytesDone: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  failed: 0,
  errors: [],
};

/** Whether a task is over. */
export function isFinished({ state }: Task): boolean {
  return state !== 'queued' && state !== 'running';
}

/** What was written of an article's failure. @throws Error when it is not one */
export function readArticleFailure(text: string): ArticleFailure {
  return articleFailure.parse(JSON.parse(text));
}

/** What is kept of an error. */
export function toFailure(error: unknown): TaskFailure {
  if (!(error instanceof FihristError)) {
    return {
      code: 'INTERNAL',
      message: 'Something went wrong that should not have; the log has the details.',
      details: {},
    };
  }
  const details = Object.entries(error.details).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? [...value] : value,
  ]);
  return { code: error.code, message: error.message, details: Object.fromEntries(details) };
}
