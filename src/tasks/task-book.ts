import type { Logger } from 'pino';
import { FihristError } from '../domain/errors.js';
import { describeValue, quoteValue } from '../text/describe-value.js';
import { isFinished, type Task, type TaskState, toFailure } from './task.js';
import { TaskFolder } from './task-folder.js';

/** Tasks that may wait for their turn. */
export const MOST_WAITING_TASKS = 1_000;
/** Tasks that are over are kept to be looked at: so many, for so long. */
export const MOST_FINISHED_TASKS = 1_000;
export const FINISHED_TASK_DAYS = 7;

const DAY_MS = 24 * 60 * 60 * 1_000;

export interface TaskListOptions {
  readonly limit: number;
  /** Begins behind the task of this id, whether or not it still is there. Unset: at the newest. */
  readonly after?: string;
  /** Unset: all. */
  readonly states?: readonly TaskState[];
}

/** All tasks there are, in memory and on disk. What changes is on disk when the promise resolves. */
export class TaskBook {
  readonly #folder: TaskFolder;
  readonly #tasks: Map<string, Task>;

  private constructor(folder: TaskFolder, tasks: readonly Task[]) {
    this.#folder = folder;
    this.#tasks = new Map(tasks.map((task) => [task.id, task]));
  }

  /** @throws DISK_FULL, STORE_READ_ONLY, STORE_UNUSABLE (operator) */
  static async open(location: string, logger: Logger): Promise<TaskBook> {
    const { folder, tasks, unreadable } = await TaskFolder.open(location);
    for (const { id, record, payload } of unreadable) {
      logger.error(
        { task: id, path: record },
        `the task in ${record} is damaged and was left aside; its articles are in ${payload}: send them again, then remove both`,
      );
    }
    const book = new TaskBook(folder, tasks);
    for (const task of tasks) if (!isFinished(task)) await book.#failWithoutArticles(task, logger);
    await book.#forgetOld();
    return book;
  }

  /** Where a task's articles are, an article a line; also before the task is there. */
  payloadOf(id: string): string {
    return this.#folder.payloadOf(id);
  }

  /** Of the newest task; undefined when there is none. */
  get newestId(): string | undefined {
    return [...this.#tasks.keys()].sort().at(-1);
  }

  /** @throws TASK_NOT_FOUND (caller) */
  get(id: string): Task {
    const task = this.#tasks.get(id);
    if (task !== undefined) return task;
    throw new FihristError('TASK_NOT_FOUND', `No task has the id ${quoteValue(id)}.`, {
      details: { id: describeValue(id) },
    });
  }

  /** The newest first. */
  list({ limit, after, states }: TaskListOptions): Task[] {
    return [...this.#tasks.values()]
      .filter(({ id }) => after === undefined || id < after)
      .filter(({ state }) => states === undefined || states.includes(state))
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }

  /** The oldest that is not over. */
  next(): Task | undefined {
    return this.#unfinished().sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  }

  /**
   * Takes up a task whose articles lie at `payloadOf` already.
   * @throws TASK_QUEUE_FULL (caller), DISK_FULL, STORE_READ_ONLY, STORE_UNUSABLE (operator): the articles are removed
   */
  async add(task: Task): Promise<void> {
    try {
      this.#refuseWhenFull();
      await this.#folder.keepPayload(task.id);
      await this.#folder.save(task);
    } catch (error) {
      await this.#folder.remove(task.id);
      throw error;
    }
    this.#tasks.set(task.id, task);
  }

  /** Writes down how far a task is. @throws DISK_FULL, STORE_READ_ONLY, STORE_UNUSABLE (operator) */
  async update(task: Task): Promise<void> {
    this.#tasks.set(task.id, task);
    await this.#folder.save(task);
  }

  /** Ends a task, whose articles are not needed any more. @throws as `update`; it is over all the same */
  async finish(task: Task): Promise<void> {
    const finished = { ...task, finishedAt: new Date().toISOString() };
    this.#tasks.set(task.id, finished);
    try {
      await this.#folder.save(finished);
    } catch {
      // On a full disk there may be room once the articles are gone.
      await this.#folder.removePayload(task.id);
      await this.#folder.save(finished);
    }
    await this.#folder.removePayload(task.id);
    await this.#forgetOld();
  }

  /** Removes articles that did not become a task. Never fails. */
  discard(id: string): Promise<void> {
    return this.#folder.removePayload(id);
  }

  /** Of the tasks that are not over. */
  get unfinishedIds(): string[] {
    return this.#unfinished().map(({ id }) => id);
  }

  #unfinished(): Task[] {
    return [...this.#tasks.values()].filter((task) => !isFinished(task));
  }

  #refuseWhenFull(): void {
    const waiting = this.#unfinished().length;
    if (waiting < MOST_WAITING_TASKS) return;
    throw new FihristError(
      'TASK_QUEUE_FULL',
      `${waiting} tasks are waiting; at most ${MOST_WAITING_TASKS} may. Try again when some are done.`,
      { details: { limit: MOST_WAITING_TASKS, value: waiting } },
    );
  }

  async #failWithoutArticles(task: Task, logger: Logger): Promise<void> {
    if (await this.#folder.hasPayload(task.id)) return;
    const path = this.payloadOf(task.id);
    const error = new FihristError(
      'STORE_UNUSABLE',
      `The articles of the task are gone: there is no ${path}. Send them again.`,
      {
        details: { path, cause: 'missing' },
      },
    );
    logger.error({ task: task.id, err: error }, 'a task failed');
    await this.finish({ ...task, state: 'failed', error: toFailure(error) });
  }

  async #forgetOld(): Promise<void> {
    const oldestMs = Date.now() - FINISHED_TASK_DAYS * DAY_MS;
    const finished = this.list({ limit: Number.POSITIVE_INFINITY }).filter(isFinished);
    for (const [i, { id, finishedAt }] of finished.entries()) {
      if (i < MOST_FINISHED_TASKS && Date.parse(finishedAt ?? '') >= oldestMs) continue;
      this.#tasks.delete(id);
      await this.#folder.remove(id);
    }
  }
}
