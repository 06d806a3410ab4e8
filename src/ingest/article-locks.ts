import type { ArticleId } from '../domain/article.js';

/**
 * Lets one change at a time at an article, so that a run over a folder and single articles can be written side by
 * side: whoever holds an article reads its state, decides and writes, and nobody comes in between. First come, first
 * served; changes of different articles do not wait for each other.
 */
export class ArticleLocks {
  readonly #last = new Map<ArticleId, Promise<void>>();

  /**
   * Runs `change` when all earlier changes of this article are over, whether they succeeded or not.
   * @throws what `change` throws; what `signal` fires with while it waits, and then `change` is not run
   */
  async run<Result>(id: ArticleId, change: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const before = this.#last.get(id) ?? Promise.resolve();
    const run = (signal === undefined ? before : unlessAborted(before, signal)).then(change);
    // Whoever gives up waiting lets nobody in before those before are over.
    const over = Promise.allSettled([before, run]).then(() => {});
    this.#last.set(id, over);
    try {
      return await run;
    } finally {
      if (this.#last.get(id) === over) this.#last.delete(id);
    }
  }
}

function unlessAborted(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    void turn.then(resolve).finally(() => signal.removeEventListener('abort', leave));
  });
}
