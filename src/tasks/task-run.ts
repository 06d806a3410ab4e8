import { FihristError } from '../domain/errors.js';
import type { ArticleResult, GivenArticle } from '../ingest/write-articles.js';
import { checkPayload } from './check-payload.js';
import { readPayload } from './read-payload.js';
import { type Task, type TaskFailure, toFailure } from './task.js';
import { TaskTally } from './task-tally.js';
import { NO_PACE, paceOf, type TaskPace } from './task-view.js';

/** Writes articles into the archive: see `writeArticles`. */
export type WriteGivenArticles = (
  articles: AsyncIterable<GivenArticle>,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly onResult: (result: ArticleResult) => void;
  },
) => Promise<void>;

/** How a run ended. `interrupted`: nothing is wrong with the task, and the next start goes on with it. */
export type RunEnd =
  | { readonly state: 'succeeded' | 'cancelled' | 'interrupted' }
  | { readonly state: 'failed'; readonly error: TaskFailure; readonly cause: unknown };

/** One run of a task: from the first article that is not done to the last, or until it is called off. */
export class TaskRun {
  readonly #task: Task;
  readonly #payload: string;
  readonly #tally: TaskTally;
  readonly #abort = new AbortController();
  readonly #startedAt = performance.now();
  #calledOff: 'cancelled' | 'interrupted' | null = null;

  /** @param payload  The file of its articles. */
  constructor(task: Task, payload: string) {
    this.#task = task;
    this.#payload = payload;
    this.#tally = new TaskTally(task.progress);
  }

  get id(): string {
    return this.#task.id;
  }

  /** The task as it is written down: the next start goes on behind what is counted here. */
  get checkpoint(): Task {
    return { ...this.#task, progress: this.#tally.inOrder };
  }

  /** The task with all that it has done. */
  get task(): Task {
    return { ...this.#task, progress: this.#tally.soFar };
  }

  get pace(): TaskPace {
    if (this.#calledOff !== null) return NO_PACE;
    const { articlesDone, bytesDone } = this.#tally.soFar;
    const { progress, sizeBytes } = this.#task;
    return paceOf({
      articles: articlesDone - progress.articlesDone,
      bytes: bytesDone - progress.bytesDone,
      bytesLeft: sizeBytes - bytesDone,
      elapsedMs: performance.now() - this.#startedAt,
    });
  }

  /** Articles that are being written are dropped or finished, no more are begun. */
  callOff(reason: 'cancelled' | 'interrupted'): void {
    this.#calledOff ??= reason;
    this.#abort.abort();
  }

  /** Never fails. To be called once. */
  async run(write: WriteGivenArticles): Promise<RunEnd> {
    const { signal } = this.#abort;
    try {
      await checkPayload(this.#payload, this.#task.sha256);
      await write(this.#articles(), { signal, onResult: (result) => this.#tally.done(result) });
      return { state: 'succeeded' };
    } catch (cause) {
      const state = signal.aborted ? this.#calledOff : isOfThisProcess(cause) ? 'interrupted' : null;
      if (state === 'interrupted') return { state };
      return state === null ? { state: 'failed', error: toFailure(cause), cause } : { state };
    }
  }

  async *#articles(): AsyncGenerator<GivenArticle> {
    const { signal } = this.#abort;
    const { articlesDone: first } = this.#task.progress;
    for await (const { sizeBytes, ...article } of readPayload(this.#payload, this.#task.form)) {
      if (article.index < first) continue;
      await this.#tally.begin(article.index, sizeBytes, signal);
      signal.throwIfAborted();
      yield article;
    }
  }
}

/** A thread that died takes the service with it, and not the task: the next process can go on. */
function isOfThisProcess(error: unknown): boolean {
  return error instanceof FihristError && error.code === 'WORKER_STOPPED';
}
