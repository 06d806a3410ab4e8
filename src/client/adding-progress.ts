import type { ArticleCounts } from './wire-types.js';

/** How far the articles of a call are. */
export interface AddingProgress {
  /** Articles that are done, those that failed among them. */
  readonly done: number;
  /** Articles that there are; null when that is not known before the end. */
  readonly total: number | null;
  /** How many became what. */
  readonly counts: ArticleCounts;
  /** Since the call began; null before the first. */
  readonly articlesPerSecond: number | null;
  /** At this pace; null when the pace or the total is not known. */
  readonly secondsLeft: number | null;
}

type Status = keyof ArticleCounts;

const NONE: ArticleCounts = { created: 0, updated: 0, unchanged: 0, failed: 0 };

/** Counts articles, and tells how it goes on. */
export class ProgressCounter {
  readonly #total: number | null;
  readonly #startedAt = performance.now();
  #counts = NONE;

  constructor(total: number | null) {
    this.#total = total;
  }

  get counts(): ArticleCounts {
    return this.#counts;
  }

  count(status: Status): void {
    this.#counts = { ...this.#counts, [status]: this.#counts[status] + 1 };
  }

  add(more: ArticleCounts): void {
    this.#counts = sum(this.#counts, more);
  }

  /** @param under  What is done of a task that is under way. */
  progress(under: ArticleCounts = NONE): AddingProgress {
    const counts = sum(this.#counts, under);
    const done = counts.created + counts.updated + counts.unchanged + counts.failed;
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    const pace = done === 0 || seconds <= 0 ? null : done / seconds;
    const left = this.#total === null ? null : Math.max(0, this.#total - done);
    return {
      done,
      total: this.#total,
      counts,
      articlesPerSecond: pace,
      secondsLeft: pace === null || left === null ? null : left / pace,
    };
  }
}

function sum(a: ArticleCounts, b: ArticleCounts): ArticleCounts {
  return {
    created: a.created + b.created,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    failed: a.failed + b.failed,
  };
}
