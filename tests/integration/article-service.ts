import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import { deleteArticle } from '../../src/ingest/delete-article.js';
import { writeArticles } from '../../src/ingest/write-articles.js';
import { searchPassages } from '../../src/search/search-passages.js';
import { TaskQueue } from '../../src/tasks/task-queue.js';
import type { WriteGivenArticles } from '../../src/tasks/task-run.js';
import { startTestServer, type TestServer } from '../unit/http/start-test-server.js';
import { openMadeArchive } from '../unit/ingest/made-articles.js';

export interface ArticleService extends TestServer {
  readonly archive: ReturnType<typeof openMadeArchive>;
  readonly tasks: TaskQueue;
  /** Names of the files that tasks have. */
  taskFiles(): Promise<string[]>;
  send(method: string, path: string, body?: unknown, mediaType?: string): Promise<Response>;
  /** Ids of the articles that a search finds. */
  found(query: string): Promise<string[]>;
  stop(): Promise<void>;
}

/**
 * The service over an empty archive in memory that can be written; its tasks are in a folder of their own.
 * @param writeOfTasks  Default: into the archive.
 */
export async function startArticleService(
  overrides: Partial<HttpServerOptions> = {},
  writeOfTasks?: WriteGivenArticles,
): Promise<ArticleService> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fihrist-articles-'));
  const archive = openMadeArchive();
  const write: WriteGivenArticles = (articles, options) =>
    writeArticles(articles, archive, { ...options, sourceName: 'api' });
  const tasks = await TaskQueue.open({
    folder,
    write: writeOfTasks ?? write,
    ledger: archive.store.tasks,
    logger: pino({ level: 'silent' }),
  });
  const service = await startTestServer({
    search: (request, signal) => searchPassages(archive, request, signal),
    article: (id) => archive.store.article(id),
    articles: (options) => archive.store.articles(options),
    writeArticles: write,
    deleteArticle: (id, how) => deleteArticle(id, archive, { ...how, lastingSource: 'corpus' }),
    tasks: () => tasks,
    ...overrides,
  });
  const send = (method: string, target: string, body?: unknown, mediaType = 'application/json') =>
    fetch(`${service.url}${target}`, {
      method,
      ...(body === undefined
        ? {}
        : {
            headers: { 'content-type': mediaType },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
    });
  return {
    ...service,
    archive,
    tasks,
    taskFiles: async () => (await readdir(folder)).sort(),
    send,
    found: async (query) => {
      const reply = await (await send('POST', '/v1/search', { query, limit: 100 })).json();
      return (reply as { hits: Array<{ article_id: string }> }).hits.map((hit) => hit.article_id);
    },
    stop: async () => {
      await service.server.close(1_000);
      await tasks.close();
      await rm(folder, { recursive: true });
    },
  };
}
