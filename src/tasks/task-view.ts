import type { Task } from './task.js';

/** How fast a task goes. */
export interface TaskPace {
  /** Null when nothing was done yet, or the task does not run. */
  readonly articlesPerSecond: number | null;
  /** By the bytes that are left, since articles differ in length. Null as above. */
  readonly secondsLeft: number | null;
}

/** A task as those see it who ask for it. */
export type TaskView = Task & TaskPace;

export const NO_PACE: TaskPace = { articlesPerSecond: null, secondsLeft: null };

/** What a run did so far: since the program started, which may not be all that the task did. */
export interface RunSoFar {
  readonly articles: number;
  readonly bytes: number;
  readonly bytesLeft: number;
  readonly elapsedMs: number;
}

export function paceOf({ articles, bytes, bytesLeft, elapsedMs }: RunSoFar): TaskPace {
  if (articles === 0 || elapsedMs <= 0) return NO_PACE;
  const seconds = elapsedMs / 1_000;
  return {
    articlesPerSecond: articles / seconds,
    secondsLeft: bytes === 0 ? null : (Math.max(0, bytesLeft) / bytes) * seconds,
  };
}
