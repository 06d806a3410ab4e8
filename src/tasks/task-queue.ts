import type { Logger } from 'pino';
import type { TaskLedger } from '../storage/task-ledger.js';
import { type PayloadArticle, readPayload } from './read-payload.js';
import { type PayloadFacts, receivePayload } from './receive-payload.js';
import { isFinished, NO_PROGRESS, type Task } from './task.js';
import { TaskBook, type TaskListOptions } from './task-book.js';
import { TaskIds } from './task-ids.js';
import { TaskRun, type WriteGivenArticles } from './task-run.js';
import { NO_PACE, type TaskView } from './task-view.js';

/** How often articles are brought to disk as done that needed no writing: after a kill, those since are looked at again. */
const KEEP_MS = 1_000;

/** Articles that were received and are not yet a task. */
export interface Payload extends PayloadFacts {
  readonly id: string;
  readonly form: Task['form'];
}

export interface TaskQueueOptions {
  /** Where tasks are kept; made when missing. */
  readonly folder: string;
  readonly write: WriteGivenArticles;
  /** Of the archive that is written to. */
  readonly ledger: TaskLedger;
  readonly logger: Logger;
}

/**
 * Writes large batches while nobody waits: one task at a time, first come, first served. What was acknowledged is on
 * disk, and the next start goes on with whatever a stop or a kill has interrupted.
 */
export class TaskQueue {
  readonly #options: TaskQueueOptions;
  readonly #book: TaskBook;
  readonly #ids: TaskIds;
  #current: { readonly run: TaskRun; readonly ended: Promise<void> } | null = null;
  #isWorking = false;
  #isClosed = false;

  private constructor(options: TaskQueueOptions, book: TaskBook) {
    this.#options = options;
    this.#book = book;
    this.#ids = new TaskIds(book.newestId);
  }

  /**
   * Opens the tasks of a folder and goes on with those that are not over.
   * @throws DISK_FULL, STORE_READ_ONLY, STORE_UNUSABLE (operator)
   */
  static async open(options: TaskQueueOptions): Promise<TaskQueue> {
    const queue = new TaskQueue(options, await TaskBook.open(options.folder, options.logger));
    await queue.#forgetEnded();
    void queue.#work();
    return queue;
  }

  /**
   * Takes articles in, a line each, as fast as they come and holding one chunk at a time. Then it is either a task
   * (`add`) or given up (`discard`).
   * @throws as receivePayload
   */
  async receive(chunks: AsyncIterable<Uint8Array>, form: Task['form']): Promise<Payload> {
    const id = this.#ids.next();
    return { id, form, ...(await receivePayload(chunks, this.#book.payloadOf(id))) };
  }

  /** The articles of a payload that is not to become a task, one line at a time. */
  articlesOf({ id, form }: Payload): AsyncIterable<PayloadArticle> {
    return readPayload(this.#book.payloadOf(id), form);
  }

  /** Never fails. */
  discard({ id }: Payload): Promise<void> {
    return this.#book.discard(id);
  }

  /** Makes a task of a payload. When it resolves, the task is on disk. @throws as TaskBook.add */
  async add({ id, form, articles, sizeBytes, sha256 }: Payload): Promise<TaskView> {
    await this.#book.add({
      version: 1,
      id,
      state: 'queued',
      form,
      articles,
      sizeBytes,
      sha256,
      createdAt: new Date().toISOString(),
      startedAt: null,
      finishedAt: null,
      progress: NO_PROGRESS,
      error: null,
    });
    void this.#work();
    return this.get(id);
  }

  /** @throws TASK_NOT_FOUND (caller) */
  get(id: string): TaskView {
    return this.#view(this.#book.get(id));
  }

  /** The newest first. */
  list(options: TaskListOptions): TaskView[] {
    return this.#book.list(options).map((task) => this.#view(task));
  }

  /**
   * Stops a task; what it has written stays. One that is over stays as it is.
   * @returns It, as it has ended. @throws TASK_NOT_FOUND (caller); as TaskBook.finish
   */
  async cancel(id: string): Promise<TaskView> {
    const task = this.#book.get(id);
    if (this.#current?.run.id === id) {
      this.#current.run.callOff('cancelled');
      await this.#current.ended;
    } else if (!isFinished(task)) {
      await this.#book.finish({ ...task, state: 'cancelled' });
      await this.#forgetEnded();
    }
    return this.get(id);
  }

  /** Stops, and leaves it to the next start to go on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#current?.run.callOff('interrupted');
    await this.#current?.ended;
  }

  #view(task: Task): TaskView {
    const run = this.#current?.run;
    const isRunning = run !== undefined && run.id === task.id && !isFinished(task);
    return isRunning ? { ...run.task, ...run.pace } : { ...task, ...NO_PACE };
  }

  /** One after the other, until none is left. */
  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (;;) {
      const task = this.#isClosed ? undefined : this.#book.next();
      if (task === undefined) break;
      const startedAt = task.startedAt ?? new Date().toISOString();
      const run = new TaskRun({ ...task, state: 'running', startedAt }, this.#book.payloadOf(task.id));
      const ended = this.#follow(run);
      this.#current = { run, ended };
      await ended;
      this.#current = null;
    }
    this.#isWorking = false;
  }

  /** Never fails. */
  async #follow(run: TaskRun): Promise<void> {
    const { logger, ledger } = this.#options;
    const { id: task } = run;
    const warned = (writing: Promise<void>) =>
      writing.catch((cause: unknown) => logger.warn({ task, err: cause }, 'a task could not be written'));
    let lastWriting = warned(this.#book.update(run.checkpoint));
    const timer = setInterval(() => {
      lastWriting = lastWriting.then(() => warned(ledger.keep()));
    }, KEEP_MS);
    const end = await run.run(this.#options);
    clearInterval(timer);
    await lastWriting;
    if (end.state === 'interrupted') {
      // Not by `close` only: when a thread of the service has died, nothing more can be written in this process.
      this.#isClosed = true;
      await warned(ledger.keep());
      await warned(this.#book.update(run.checkpoint));
      return;
    }
    const error = end.state === 'failed' ? end.error : null;
    if (end.state === 'failed') logger.error({ task, err: end.cause }, 'a task failed');
    await this.#book
      .finish({ ...run.task, state: end.state, error })
      .then(() => this.#forgetEnded())
      .catch((cause: unknown) =>
        logger.error({ task, err: cause }, 'the end of a task could not be written'),
      );
  }

  /** To be called when the ends of tasks are on disk. What cannot be forgotten now is forgotten another time. */
  async #forgetEnded(): Promise<void> {
    await this.#options.ledger
      .forgetAllBut(this.#book.unfinishedIds)
      .catch((cause: unknown) =>
        this.#options.logger.warn({ err: cause }, 'ended tasks stay in the archive'),
      );
  }
}
