import { FihristError } from '../domain/errors.js';
import type { ArticleResult, GivenArticle } from '../ingest/write-articles.js';
import type { TaskLedger, TaskResult } from '../storage/task-ledger.js';
import { checkPayload } from './check-payload.js';
import { readPayload } from './read-payload.js';
import { type ArticleFailure, type Task, type TaskFailure, type TaskProgress, toFailure } from './task.js';
import { TaskTally } from './task-tally.js';
import { NO_PACE, paceOf, type TaskPace } from './task-view.js';

/** Writes articles into the archive: see `writeArticles`. */
export type WriteGivenArticles = (
  articles: AsyncIterable<GivenArticle>,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly beforeChange?: () => void;
    readonly onResult: (result: ArticleResult) => void;
    readonly toTaskResult?: (result: ArticleResult) => TaskResult;
  },
) => Promise<void>;

/** How a run ended. `interrupted`: nothing is wrong with the task, and the next start goes on with it. */
export type RunEnd =
  | { readonly state: 'succeeded' | 'cancelled' | 'interrupted' }
  | { readonly state: 'failed'; readonly error: TaskFailure; readonly cause: unknown };

/** One run of a task: all articles that are not done yet, or until it is called off. */
export class TaskRun {
  readonly #task: Task;
  readonly #payload: string;
  #tally: TaskTally;
  /** How far it was when this run began. */
  #before: TaskProgress;
  /** Of the articles that are under way. */
  readonly #sizes = new Map<number, number>();
  readonly #abort = new AbortController();
  readonly #startedAt = performance.now();
  #calledOff: 'cancelled' | 'interrupted' | null = null;

  /** @param payload  The file of its articles. */
  constructor(task: Task, payload: string) {
    this.#task = task;
    this.#payload = payload;
    this.#tally = new TaskTally(task.progress);
    this.#before = task.progress;
  }

  get id(): string {
    return this.#task.id;
  }

  /** The task as it is written down. */
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
    return paceOf({
      articles: articlesDone - this.#before.articlesDone,
      bytes: bytesDone - this.#before.bytesDone,
      bytesLeft: this.#task.sizeBytes - bytesDone,
      elapsedMs: performance.now() - this.#startedAt,
    });
  }

  /** Articles that are being written are dropped or finished, no more are begun. */
  callOff(reason: 'cancelled' | 'interrupted'): void {
    this.#calledOff ??= reason;
    this.#abort.abort();
  }

  /** Never fails. To be called once. */
  async run({ write, ledger }: { write: WriteGivenArticles; ledger: TaskLedger }): Promise<RunEnd> {
    const { signal } = this.#abort;
    const { id, progress } = this.#task;
    try {
      await checkPayload(this.#payload, this.#task.sha256);
      this.#tally = TaskTally.of(await ledger.begin(id, progress), progress.errors);
      this.#before = this.#tally.soFar;
      await write(this.#articles(), {
        signal,
        toTaskResult: (result) => this.#toTaskResult(result),
        onResult: (result) => {
          this.#tally.done(this.#toTaskResult(result));
          this.#sizes.delete(result.index);
        },
      });
      return { state: 'succeeded' };
    } catch (cause) {
      const state = signal.aborted ? this.#calledOff : isOfThisProcess(cause) ? 'interrupted' : null;
      if (state === 'interrupted') return { state };
      return state === null ? { state: 'failed', error: toFailure(cause), cause } : { state };
    }
  }

  async *#articles(): AsyncGenerator<GivenArticle> {
    const { signal } = this.#abort;
    for await (const { sizeBytes, ...article } of readPayload(this.#payload, this.#task.form)) {
      const { index } = article;
      if (this.#tally.isDone(index)) continue;
      await this.#tally.roomFor(index, signal);
      signal.throwIfAborted();
      this.#sizes.set(index, sizeBytes);
      yield article;
    }
  }

  #toTaskResult({ index, line, id, status, error }: ArticleResult): TaskResult {
    const failure: ArticleFailure | null =
      error === undefined ? null : { index, line: line ?? null, id, error: toFailure(error) };
    return {
      task: this.#task.id,
      index,
      status,
      sizeBytes: this.#sizes.get(index) ?? 0,
      failure: failure === null ? null : JSON.stringify(failure),
    };
  }
}

/** A thread that died takes the service with it, and not the task: the next process can go on. */
function isOfThisProcess(error: unknown): boolean {
  return error instanceof FihristError && error.code === 'WORKER_STOPPED';
}
