import { setTimeout } from 'node:timers/promises';
import type { KeptTask, TaskResult } from '../storage/task-ledger.js';
import { type ArticleFailure, MOST_TASK_ERRORS, readArticleFailure, type TaskProgress } from './task.js';

/** Articles that are done while an earlier one is not. Beyond that they are begun slowly, for they are remembered. */
const MOST_AHEAD = 4_096;
const PAUSE_AHEAD_MS = 1_000;

/**
 * Counts the articles of a task twice. In the order given: the number of those is what its record says. And as they are
 * done, for whoever looks on.
 */
export class TaskTally {
  #inOrder: TaskProgress;
  #soFar: TaskProgress;
  readonly #ahead = new Map<number, TaskResult>();

  constructor(progress: TaskProgress) {
    this.#inOrder = structuredClone(progress);
    this.#soFar = structuredClone(progress);
  }

  /** Of what the archive keeps of a task. @param errors  Those that its record has. */
  static of({ counts, failures, ahead }: KeptTask, errors: readonly ArticleFailure[]): TaskTally {
    const all = new Map(errors.map((error) => [error.index, error]));
    for (const { index, failure } of failures) all.set(index, readArticleFailure(failure));
    const first = [...all.values()].sort((a, b) => a.index - b.index).slice(0, MOST_TASK_ERRORS);
    const tally = new TaskTally({ ...counts, errors: first });
    for (const result of ahead) tally.done(result);
    return tally;
  }

  /** What is written down. A copy. */
  get inOrder(): TaskProgress {
    return structuredClone(this.#inOrder);
  }

  /** What is shown; also what a task has come to that will not go on. A copy. */
  get soFar(): TaskProgress {
    const progress = structuredClone(this.#soFar);
    progress.errors.sort((a, b) => a.index - b.index);
    return progress;
  }

  isDone(index: number): boolean {
    return index < this.#inOrder.articlesDone || this.#ahead.has(index);
  }

  /** To be awaited before an article is begun: takes a second when that is too far ahead of the last one counted. */
  async roomFor(index: number, signal: AbortSignal): Promise<void> {
    if (index - this.#inOrder.articlesDone >= MOST_AHEAD) {
      await setTimeout(PAUSE_AHEAD_MS, undefined, { signal });
    }
  }

  done(result: TaskResult): void {
    count(this.#soFar, result);
    this.#ahead.set(result.index, result);
    for (;;) {
      const next = this.#ahead.get(this.#inOrder.articlesDone);
      if (next === undefined) break;
      count(this.#inOrder, next);
      this.#ahead.delete(next.index);
    }
  }
}

function count(progress: TaskProgress, { status, sizeBytes, failure }: TaskResult): void {
  progress.articlesDone += 1;
  progress.bytesDone += sizeBytes;
  progress[status] += 1;
  if (failure === null || progress.errors.length >= MOST_TASK_ERRORS) return;
  progress.errors.push(readArticleFailure(failure));
}
