import { setTimeout } from 'node:timers/promises';
import type { ArticleResult } from '../ingest/write-articles.js';
import { MOST_TASK_ERRORS, type TaskProgress, toFailure } from './task.js';

/** Articles that are done while an earlier one is not. Beyond that they are begun slowly, for they are remembered. */
const MOST_AHEAD = 4_096;
const PAUSE_AHEAD_MS = 1_000;

/**
 * Counts the articles of a task twice. In the order given: the number of those then tells where a task that was
 * interrupted has to go on. And as they are done, for whoever looks on.
 */
export class TaskTally {
  #inOrder: TaskProgress;
  #soFar: TaskProgress;
  readonly #sizes = new Map<number, number>();
  readonly #ahead = new Map<number, ArticleResult>();

  constructor(progress: TaskProgress) {
    this.#inOrder = structuredClone(progress);
    this.#soFar = structuredClone(progress);
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

  /** To be told before an article is begun. Waits a second when that is too far ahead of the last one counted. */
  async begin(index: number, sizeBytes: number, signal: AbortSignal): Promise<void> {
    if (index - this.#inOrder.articlesDone >= MOST_AHEAD) {
      await setTimeout(PAUSE_AHEAD_MS, undefined, { signal });
    }
    this.#sizes.set(index, sizeBytes);
  }

  done(result: ArticleResult): void {
    count(this.#soFar, result, this.#sizes.get(result.index) ?? 0);
    this.#ahead.set(result.index, result);
    for (;;) {
      const next = this.#ahead.get(this.#inOrder.articlesDone);
      if (next === undefined) break;
      count(this.#inOrder, next, this.#sizes.get(next.index) ?? 0);
      this.#ahead.delete(next.index);
      this.#sizes.delete(next.index);
    }
  }
}

function count(progress: TaskProgress, result: ArticleResult, sizeBytes: number): void {
  const { index, line, id, status, error } = result;
  progress.articlesDone += 1;
  progress.bytesDone += sizeBytes;
  progress[status] += 1;
  if (error === undefined || progress.errors.length >= MOST_TASK_ERRORS) return;
  progress.errors.push({ index, line: line ?? null, id, error: toFailure(error) });
}
