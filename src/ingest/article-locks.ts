import type { ArticleId } from '../domain/article.js';

/**
 * Lets one change at a time at an article, so that a run over a folder and single articles can be written side by
 * side: whoever holds an article reads its state, decides and writes, and nobody comes in between. First come, first
 * served; changes of different articles do not wait for each other.
 */
export class ArticleLocks {
  readonly #last = new Map<ArticleId, Promise<void>>();

  /** Runs `change` when all earlier changes of this article are over, whether they succeeded or not. */
  async run<Result>(id: ArticleId, change: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(id) ?? Promise.resolve();
    const run = before.then(change);
    const over = run.then(
      () => {},
      () => {},
    );
    this.#last.set(id, over);
    try {
      return await run;
    } finally {
      if (this.#last.get(id) === over) this.#last.delete(id);
    }
  }
}
