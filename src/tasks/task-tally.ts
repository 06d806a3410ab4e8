import { setTimeout } from 'node:timers/promises';
import type { ArticleResult } from '../ingest/write-articles.js';
import { MOST_TASK_ERRORS, type TaskProgress, toFailure } from './task.js';

/** Articles that are done while an earlier one is not. Beyond that they are begun slowly, for they are remembered. */
const MOST_AHEAD = 4_096;
const PAUSE_AHEAD_MS = 1_000;

/**
 * Counts the articles of a task. They are done in any order and counted in the order given, so that the number of those
 * done always tells where a task that was interrupted has to go on.
 */
export class TaskTally {
  #progress: TaskProgress;
  readonly #sizes = new Map<number, number>();
  readonly #ahead = new Map<number, ArticleResult>();

  constructor(progress: TaskProgress) {
    this.#progress = structuredClone(progress);
  }

  /** A copy. */
  get progress(): TaskProgress {
    return structuredClone(this.#progress);
  }

  get articlesDone(): number {
    return this.#progress.articlesDone;
  }

  get bytesDone(): number {
    return this.#progress.bytesDone;
  }

  /** To be told before an article is begun. Waits a second when that is too far ahead of the last one counted. */
  async begin(index: number, sizeBytes: number, signal: AbortSignal): Promise<void> {
    if (index - this.#progress.articlesDone >= MOST_AHEAD) {
      await setTimeout(PAUSE_AHEAD_MS, undefined, { signal });
    }
    this.#sizes.set(index, sizeBytes);
  }

  done(result: ArticleResult): void {
    this.#ahead.set(result.index, result);
    for (;;) {
      const next = this.#ahead.get(this.#progress.articlesDone);
      if (next === undefined) break;
      this.#count(next);
    }
  }

  /** Counts also what is done behind one that is not: for a task that will not go on. */
  settle(): void {
    for (const result of [...this.#ahead.values()].sort((a, b) => a.index - b.index)) this.#count(result);
  }

  #count({ index, line, id, status, error }: ArticleResult): void {
    this.#ahead.delete(index);
    this.#progress.articlesDone += 1;
    this.#progress.bytesDone += this.#sizes.get(index) ?? 0;
    this.#sizes.delete(index);
    this.#progress[status] += 1;
    if (error === undefined || this.#progress.errors.length >= MOST_TASK_ERRORS) return;
    this.#progress.errors.push({ index, line: line ?? null, id, error: toFailure(error) });
  }
}
