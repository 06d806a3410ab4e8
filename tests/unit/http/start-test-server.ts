import { pino } from 'pino';
import { expect } from 'vitest';
import { answerQuestion } from '../../../src/answer/answer-question.js';
import { FihristError } from '../../../src/domain/errors.js';
import { createHttpServer, type HttpServer } from '../../../src/http/create-http-server.js';
import type { HttpServerOptions } from '../../../src/http/http-server-options.js';
import { routeErrors } from '../../../src/http/route-errors.js';
import { articleNotFound } from '../../../src/ingest/delete-article.js';
import { sampleArticle, sampleRelated, sampleResult, sampleSummary } from './sample-archive.js';
import { sampleBackups } from './sample-backups.js';
import { sampleTasks } from './sample-tasks.js';

export interface TestServer {
  readonly server: HttpServer;
  readonly url: string;
  readonly port: number;
  /** Everything that was logged, parsed. */
  readonly logLines: Array<Record<string, unknown>>;
}

export const TEST_MAX_BODY_BYTES = 64 * 1024;

/**
 * A server, on a free port unless one is given, whose archive is one article and one answer.
 * Closing it fails the test when a route has answered with an error that it does not declare.
 */
export async function startTestServer(
  overrides: Partial<HttpServerOptions> = {},
  wantedPort = 0,
): Promise<TestServer> {
  const logLines: Array<Record<string, unknown>> = [];
  const undeclared = new Set<string>();
  const gates = overrides.gates ?? [];
  const backups = sampleBackups();
  const search = overrides.search ?? (async () => sampleResult);
  let address = '';
  const server = createHttpServer({
    serviceUrl: () => address,
    search,
    answer: (request, access) =>
      answerQuestion(
        {
          search: (asked, signal) => search(asked, { ...access, signal }),
          chatModel: null,
          onModelFailure: () => {},
        },
        request,
        access.signal,
      ),
    related: async () => sampleRelated,
    article: async (id) => (id === sampleArticle.id ? sampleArticle : null),
    articles: async ({ limit }) => [sampleSummary].slice(0, limit),
    writeArticles: async (articles, { onResult }) => {
      for await (const { article, ...place } of articles) {
        if (article instanceof FihristError)
          onResult({ ...place, id: null, status: 'failed', error: article });
        else onResult({ ...place, id: article.id, status: 'created' });
      }
    },
    deleteArticle: async (id) => {
      if (id !== sampleArticle.id) throw articleNotFound(id);
    },
    tasks: sampleTasks,
    backups: () => backups,
    readiness: () => ({ ready: true, reasons: [], indexing: null }),
    maxBodyBytes: TEST_MAX_BODY_BYTES,
    timeLimitsMs: { light: null, search: 60_000, answer: null, embedding: 60_000, write: 60_000 },
    maxConnections: 1_000,
    corsOrigins: [],
    logger: pino({ level: 'info' }, { write: (line: string) => logLines.push(JSON.parse(line)) }),
    version: '1.2.3',
    errorsPage: '# Errors\n\n## QUERY_EMPTY\n\nخطأ\n',
    referenceViewer: Buffer.from('/* viewer */'),
    ...overrides,
    observers: [
      ...(overrides.observers ?? []),
      ({ route, errorCode }) => {
        if (route === null || errorCode === null || routeErrors(route, gates).includes(errorCode)) return;
        undeclared.add(`${route.operationId} answers ${errorCode}`);
      },
    ],
  });
  const { url, port } = await server.listen('127.0.0.1', wantedPort);
  address = url;
  const close = async (graceMs: number) => {
    await server.close(graceMs);
    expect([...undeclared], 'errors that a route answers with and does not declare').toEqual([]);
  };
  return { server: { ...server, close }, url, port, logLines };
}

/** Waits until something that another thread of events does has happened. */
export async function until(condition: () => boolean, timeoutMs = 5_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
