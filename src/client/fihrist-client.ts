import { type AddArticlesOptions, type AddedArticles, addArticles } from './add-articles.js';
import type { Articles } from './article-batches.js';
import { createBackup, getBackup, type WaitForBackupOptions, waitForBackup } from './backup-calls.js';
import { type CallOptions, DEFAULT_TIMEOUTS_MS, type FihristClientOptions } from './client-options.js';
import { Connection, type Request } from './connection.js';
import { listPages } from './list-pages.js';
import { toPathPart, toSearch } from './request-path.js';
import { deleteAt, readReadiness } from './service-calls.js';
import { type AnswerEvent, streamAnswer } from './stream-answer.js';
import {
  addArticlesAsTask,
  cancelTask,
  getTask,
  type WaitForTaskOptions,
  waitForTask,
} from './task-calls.js';
import type {
  AnalyzeReply,
  AnalyzeRequest,
  AnswerReply,
  AnswerRequest,
  Article,
  ArticleList,
  ArticleListParameters,
  ArticleSummary,
  ArticleToWrite,
  Backup,
  BackupList,
  BackupSummary,
  Health,
  Readiness,
  RelatedParameters,
  RelatedReply,
  SearchReply,
  SearchRequest,
  Task,
  TaskList,
  TaskListParameters,
  TaskSummary,
  WrittenArticle,
} from './wire-types.js';

export type { AddArticlesOptions, AddedArticle, AddedArticles } from './add-articles.js';
export type { AddingProgress } from './adding-progress.js';
export type { Articles } from './article-batches.js';
export type { WaitForBackupOptions } from './backup-calls.js';
export { type CallOptions, DEFAULT_TIMEOUTS_MS, type FihristClientOptions } from './client-options.js';
export { type ClientErrorCode, FihristError, type FihristErrorCode } from './fihrist-error.js';
export type { AnswerEvent } from './stream-answer.js';
export type { WaitForTaskOptions } from './task-calls.js';
export type * from './wire-types.js';

const { read, answer, write } = DEFAULT_TIMEOUTS_MS;

/** What lists ask for at once: the most that the service gives. */
const PAGE_SIZE = 100;

/**
 * A client of a Fihrist service, for browsers and Node 20 or later. Requests and replies have the fields of the HTTP
 * interface (docs/api.md); what goes wrong is a `FihristError`. It holds no connection and needs no closing.
 */
export class FihristClient {
  readonly #connection: Connection;

  /** @throws ARGUMENT_INVALID */
  constructor(options: FihristClientOptions = {}) {
    this.#connection = new Connection(options);
  }

  /** Finds the passages that answer a question, best first. */
  search(request: SearchRequest, options: CallOptions = {}): Promise<SearchReply> {
    return this.#connection.json(post('/v1/search', request), options, read);
  }

  /** Finds the passages that are about the same as a passage. @param passageId  The `id` of a hit. */
  async related(
    passageId: string,
    parameters: RelatedParameters = {},
    options: CallOptions = {},
  ): Promise<RelatedReply> {
    const path = `/v1/passages/${toPathPart(passageId, 'passageId')}/related${toSearch({ ...parameters })}`;
    return this.#connection.json(get(path), options, read);
  }

  /** Shows what the words of a text are compared by. */
  analyze(request: AnalyzeRequest, options: CallOptions = {}): Promise<AnalyzeReply> {
    return this.#connection.json(post('/v1/analyze', request), options, read);
  }

  /** Answers a question from the archive, with its sources. */
  answer(request: Omit<AnswerRequest, 'stream'>, options: CallOptions = {}): Promise<AnswerReply> {
    return this.#connection.json(post('/v1/answer', { ...request, stream: false }), options, answer);
  }

  /** The same answer bit by bit: sources, then text and citations, at last the whole. Asked for when the loop begins. */
  streamAnswer(
    request: Omit<AnswerRequest, 'stream'>,
    options: CallOptions = {},
  ): AsyncGenerator<AnswerEvent, void, void> {
    return streamAnswer(this.#connection, request, options);
  }

  /** An article with all its passages. @throws ARTICLE_NOT_FOUND */
  async getArticle(id: string, options: CallOptions = {}): Promise<Article> {
    return this.#connection.json(get(articlePath(id)), options, read);
  }

  /** All articles without their passages, by rising id; pages are asked for as they are needed. */
  listArticles(
    parameters: ArticleListParameters = {},
    options: CallOptions = {},
  ): AsyncGenerator<ArticleSummary, void, void> {
    return listPages(async (cursor) => {
      const page = await this.articlePage({ limit: PAGE_SIZE, ...parameters, ...at(cursor) }, options);
      return { items: page.articles, next: page.next_cursor };
    }, parameters.cursor);
  }

  /** One page of that list. */
  articlePage(parameters: ArticleListParameters = {}, options: CallOptions = {}): Promise<ArticleList> {
    return this.#connection.json(get(`/v1/articles${toSearch({ ...parameters })}`), options, read);
  }

  /** Adds an article under an id, or replaces the one that is there whole. Found by the next search. */
  async putArticle(
    id: string,
    article: Omit<ArticleToWrite, 'id'>,
    options: CallOptions = {},
  ): Promise<WrittenArticle> {
    return this.#connection.json({ ...post(articlePath(id), article), method: 'PUT' }, options, write);
  }

  /** Adds an article, or replaces the one that has its id. Without an id it gets one made of title, text and address. */
  addArticle(article: ArticleToWrite, options: CallOptions = {}): Promise<WrittenArticle> {
    return this.#connection.json(post('/v1/articles', article), options, write);
  }

  /**
   * Adds any number of articles, in batches, and tells how far it is. What is wrong with one is its result, and the
   * others go in; nothing is held in memory but the batch that is sent and the next.
   *
   * @throws FihristError for what is no article's fault; what the source or a callback throws
   */
  addArticles(articles: Articles, options: AddArticlesOptions = {}): Promise<AddedArticles> {
    return addArticles(this.#connection, articles, options);
  }

  /**
   * Hands over articles that the service is to write while nobody waits: they are on its disk when this returns. All of
   * them are held in memory until then. Not sent again when the reply is lost: it might become a second task.
   */
  addArticlesAsTask(articles: Articles, options: CallOptions = {}): Promise<Task> {
    return addArticlesAsTask(this.#connection, articles, options);
  }

  /** Takes an article out of the archive. @throws ARTICLE_NOT_FOUND, ARTICLE_OF_CORPUS */
  async deleteArticle(id: string, options: CallOptions = {}): Promise<void> {
    const what = { path: articlePath(id), gone: 'ARTICLE_NOT_FOUND' } as const;
    return deleteAt(this.#connection, what, options);
  }

  /** How far a task is. @throws TASK_NOT_FOUND */
  async getTask(id: string, options: CallOptions = {}): Promise<Task> {
    return getTask(this.#connection, id, options);
  }

  /** All tasks without the errors of their articles, the newest first. */
  listTasks(
    parameters: TaskListParameters = {},
    options: CallOptions = {},
  ): AsyncGenerator<TaskSummary, void, void> {
    return listPages(async (cursor) => {
      const page = await this.taskPage({ limit: PAGE_SIZE, ...parameters, ...at(cursor) }, options);
      return { items: page.tasks, next: page.next_cursor };
    }, parameters.cursor);
  }

  /** One page of that list. */
  taskPage(parameters: TaskListParameters = {}, options: CallOptions = {}): Promise<TaskList> {
    return this.#connection.json(get(`/v1/tasks${toSearch({ ...parameters })}`), options, read);
  }

  /** Calls a task off. One that is over stays as it is, which its `state` tells. @throws TASK_NOT_FOUND */
  async cancelTask(id: string, options: CallOptions = {}): Promise<Task> {
    return cancelTask(this.#connection, id, options);
  }

  /** Waits until a task is over, also while the service is away. Its `state` tells how it ended. */
  async waitForTask(id: string, options: WaitForTaskOptions = {}): Promise<Task> {
    return waitForTask(this.#connection, id, options);
  }

  /**
   * Begins a backup of all that was acknowledged before, in the service's folder of backups. Not sent again when the
   * reply is lost: `listBackups` tells whether it was begun. @throws BACKUP_RUNNING
   */
  createBackup(options: CallOptions = {}): Promise<BackupSummary> {
    return createBackup(this.#connection, options);
  }

  /** All backups without the checksums of their files, the newest first. */
  async listBackups(options: CallOptions = {}): Promise<readonly BackupSummary[]> {
    const { backups } = await this.#connection.json<BackupList>(get('/v1/backups'), options, read);
    return backups;
  }

  /** How far a backup is, or what it holds. @throws BACKUP_NOT_FOUND, BACKUP_INVALID */
  async getBackup(id: string, options: CallOptions = {}): Promise<Backup> {
    return getBackup(this.#connection, id, options);
  }

  /** Removes a backup; one that runs is called off. @throws BACKUP_NOT_FOUND */
  async deleteBackup(id: string, options: CallOptions = {}): Promise<void> {
    const what = { path: `/v1/backups/${toPathPart(id, 'id')}`, gone: 'BACKUP_NOT_FOUND' } as const;
    return deleteAt(this.#connection, what, options);
  }

  /** Waits until a backup is done or has failed, which its `state` tells. @throws BACKUP_NOT_FOUND */
  async waitForBackup(id: string, options: WaitForBackupOptions = {}): Promise<Backup> {
    return waitForBackup(this.#connection, id, options);
  }

  /** Whether the index is complete, and if not, why. */
  readiness(options: CallOptions = {}): Promise<Readiness> {
    return readReadiness(this.#connection, options);
  }

  /** That the process is alive. */
  health(options: CallOptions = {}): Promise<Health> {
    return this.#connection.json(get('/healthz'), options, read);
  }
}

function get(path: string): Request {
  return { method: 'GET', path };
}

function post(path: string, fields: object): Request {
  return {
    method: 'POST',
    path,
    body: () => ({ text: JSON.stringify(fields), mediaType: 'application/json' }),
  };
}

function articlePath(id: string): string {
  return `/v1/articles/${toPathPart(id, 'id')}`;
}

function at(cursor: string | undefined): { readonly cursor?: string } {
  return cursor === undefined ? {} : { cursor };
}
