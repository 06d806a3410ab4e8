import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { answerQuestion } from './answer/answer-question.js';
import type { ModelFailure } from './answer/model-failure.js';
import { Backups } from './backup/backups.js';
import { makeBackupInThread } from './backup/make-backup-in-thread.js';
import { type Archive, articleSourceOf, chatModelOf, openArchive, openKeys } from './compose.js';
import { openTelemetry } from './compose-telemetry.js';
import type { Config } from './config.js';
import type { FihristError } from './domain/errors.js';
import type { SearchFilter } from './domain/search-filter.js';
import { listEditions } from './editions/list-editions.js';
import { createHttpServer } from './http/create-http-server.js';
import type { HttpServerOptions } from './http/http-server-options.js';
import type { Readiness } from './http/readiness.js';
import { BrowserSessions } from './http/sessions/browser-sessions.js';
import type { IngestProgress } from './ingest/ingest-report.js';
import { createInterfaces } from './interfaces.js';
import { KeyRing } from './keys/key-ring.js';
import { Sessions } from './keys/sessions.js';
import { mendArchive } from './mend-archive.js';
import { gatesOf, knownNamesOf, refuseOpenDoor, timeLimitsOf } from './protect-service.js';
import type { SearchRequest } from './search/search-request.js';
import { VisibleArchive } from './search/visible-archive.js';
import { createServedPages } from './serve-web.js';
import { ServiceState } from './service-state.js';
import { databasePath } from './storage/sqlite-connection.js';
import { TaskQueue } from './tasks/task-queue.js';
import { collectAlone, favourEventLoop } from './threads/favour-event-loop.js';
import { watchMemory } from './watch-memory.js';
import { RecentSearches } from './web/recent-searches.js';

/** How long requests under way may take to finish once the service is told to stop. */
const GRACE_MS = 5_000;

/** Name of the collection that the configured corpus is the whole of. */
export const CORPUS_SOURCE = 'corpus';

/** Name of the collection of what was written over HTTP. */
export const API_SOURCE = 'api';

export interface ServeOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly version: string;
  /** Told how the indexing at start goes. */
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Told once, when everything is answered from a complete index. */
  readonly onReady: (url: string) => void;
  /** Stops the service. */
  readonly signal: AbortSignal;
}

/**
 * Runs the service: listens at once, opens the archive, brings it up to the corpus, and serves until `signal`.
 * Before the archive is open a search gets NOT_READY; while it is being indexed, what is there is found.
 * @throws SETTING_*, KEYS_NEEDED, PORT_IN_USE, MODEL_*, STORE_*, CORPUS_* (operator): it could not start
 */
export async function serve(options: ServeOptions): Promise<void> {
  favourEventLoop();
  const { config, logger, signal } = options;
  const started = performance.now();
  const state = new ServiceState();
  const memory = watchMemory({ config, logger, state });
  let backups: Backups | null = null;
  const showProgress = options.onProgress ?? occasionalLog(logger);
  const keyStore = await openKeys(config);
  const keys = new KeyRing({
    store: keyStore,
    policy: config.keys,
    onUnsaved: (error) => logger.warn({ err: error }, 'last uses of keys could not be kept'),
  });
  const names = knownNamesOf(config);
  const { trustedProxies } = config;
  const readers = new BrowserSessions({ keys, sessions: new Sessions(), names, trustedProxies });
  const visible = (filter: SearchFilter | null) => new VisibleArchive(state.archive(), filter);
  const telemetry = await openTelemetry({
    config,
    logger,
    version: options.version,
    figures: async () => ({
      ...toConditions(state.readiness()),
      requestsInFlight: server.requestsInFlight(),
      tasks: state.taskCounts(),
      memory: memory?.figures() ?? null,
      lastBackupMs: (await backups?.newestMs()) ?? null,
      archive: (await state.openedArchive()?.figures()) ?? null,
    }),
  });
  let address = '';
  const serviceUrl = () => config.publicUrl ?? address;
  const searches = new RecentSearches();
  const answering = {
    chatModel: chatModelOf(config),
    onModelFailure: ({ reason, message }: ModelFailure) =>
      logger.warn({ reason, detail: message }, 'the language model failed'),
  };
  const services = {
    search: (request, { filter, ...run }) => searches.time(() => visible(filter).search(request, run)),
    answer: (request, { filter, signal, watch }) => {
      const search = (asked: SearchRequest, abort: AbortSignal) =>
        watch(asked, (stages) =>
          searches.time(() => visible(filter).search(asked, { signal: abort, stages })),
        );
      return answerQuestion({ ...answering, search }, request, signal);
    },
    related: (request, { filter, signal }) => visible(filter).related(request, signal),
    article: (id, { filter }) => visible(filter).article(id),
    readiness: () => state.readiness(),
    version: options.version,
  } satisfies Partial<HttpServerOptions>;
  const server = createHttpServer({
    ...services,
    ...(config.web
      ? createServedPages({
          ...services,
          archive: () => state.openedArchive(),
          editions: () => listEditions(path.resolve(config.indexFolder)),
          unfinishedTasks: () => state.unfinishedTasks(),
          searches,
          readers,
          logger,
        })
      : {}),
    articles: (list, { filter }) => visible(filter).articles(list),
    writeArticles: (articles, how) =>
      state.archive().writeArticles(articles, { ...how, sourceName: API_SOURCE }),
    deleteArticle: (id, how) => state.archive().deleteArticle(id, { ...how, lastingSource: CORPUS_SOURCE }),
    tasks: () => state.tasks(),
    backups: () => state.backups(),
    serviceUrl,
    interfaces: createInterfaces({
      config,
      logger,
      version: options.version,
      archive: () => state.archive(),
      serviceUrl,
    }),
    ...telemetry,
    ...(config.slowQueryMs === 0
      ? {}
      : { slowSearches: { thresholdMs: config.slowQueryMs, showsQuery: config.logsQueries } }),
    gates: gatesOf(config, { keys, names, sessions: config.web ? readers : null, memory }),
    timeLimitsMs: timeLimitsOf(config),
    maxConnections: config.maxConnections,
    trustedProxies,
    corsOrigins: config.corsOrigins,
    maxBodyBytes: config.maxBodyBytes,
    logger,
    errorsPage: readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8'),
    // Put there when the program was built (scripts/build.mjs).
    referenceViewer: readFileSync(new URL('./reference-viewer/openapi-explorer.min.js', import.meta.url)),
  });
  const broken = new BrokenPart();
  let archive: Archive | null = null;
  let tasks: TaskQueue | null = null;
  try {
    await refuseOpenDoor(config, keyStore);
    const { url } = await server.listen(config.host, config.port);
    address = url;
    if (config.keys === 'on' && (await keyStore.isEmpty())) {
      logger.warn(
        'every request is refused until there is a key: fihrist keys create --name me --scope search',
      );
    }
    archive = await openArchive({
      config,
      logger,
      onStopped: (error) => {
        state.stopped(error);
        broken.report(error);
      },
      onSilent: (silence) => {
        if (silence.message !== null) logger.warn({ thread: silence.thread }, silence.message);
        state.silence(silence);
      },
      beginArticle: async (begun) => memory?.room(begun),
      onPhase: (phase) => state.opening(phase),
      onProgress: (progress) => {
        state.indexing(progress);
        showProgress(progress);
      },
      signal,
      onWrite: (error) => state.wrote(error),
    });
    collectAlone();
    state.opened(archive);
    backups = await openBackups(options);
    state.backupsOpened(backups);
    tasks = await openTasks(archive, options);
    state.tasksOpened(tasks);
    const report = await archive.ingest(articleSourceOf(config.corpus), {
      sourceName: CORPUS_SOURCE,
      signal,
      onProgress: (progress) => {
        state.indexing(progress);
        showProgress(progress);
      },
    });
    const { problems, ...counts } = report;
    for (const problem of problems) logger.warn(problem, 'left out');
    state.complete();
    logger.info({ ...counts, url, startMs: Math.round(performance.now() - started) }, 'ready');
    options.onReady(url);
    const file = databasePath(path.resolve(config.indexFolder));
    void mendArchive({ archive, logger, file, signal });
    await Promise.race([stopped(signal), broken.promise]);
  } catch (error) {
    // Stopping in the middle of something ends it with the signal's own error; any other one is to be heard of.
    if (error !== signal.reason) throw error;
  } finally {
    await server.close(GRACE_MS);
    await tasks?.close();
    memory?.stop();
    await backups?.close();
    await archive?.close();
    await telemetry.tracer?.close();
    await keys.close();
    await keyStore.close();
  }
}

/** Large batches, in the index folder beside what they are written into. */
function openTasks(archive: Archive, { config, logger }: ServeOptions): Promise<TaskQueue> {
  return TaskQueue.open({
    folder: path.join(path.resolve(config.indexFolder), 'tasks'),
    write: (articles, how) => archive.writeArticles(articles, { ...how, sourceName: API_SOURCE }),
    ledger: archive.store.tasks,
    logger,
  });
}

function openBackups({ config, logger, version }: ServeOptions): Promise<Backups> {
  return Backups.open({
    folder: path.resolve(config.backupsFolder),
    kept: config.backupsKept,
    make: makeBackupInThread({
      indexFolder: path.resolve(config.indexFolder),
      programVersion: version,
    }),
    logger,
  });
}

function toConditions({ ready, reasons, warnings = [] }: Readiness) {
  return { isReady: ready, conditions: [...reasons, ...warnings].map(({ code }) => code) };
}

/** Progress as log lines, ten seconds apart: for a service that nobody watches. */
function occasionalLog(logger: Logger): (progress: IngestProgress) => void {
  let nextMs = 10_000;
  return ({ phase, articlesDone, articlesTotal, elapsedMs }) => {
    if (phase !== 'embedding' || elapsedMs < nextMs) return;
    nextMs = elapsedMs + 10_000;
    logger.info({ articlesDone, articlesTotal, elapsedMs: Math.round(elapsedMs) }, 'indexing');
  };
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Fails when a part of the service has died, so that it ends with the reason instead of refusing every request. */
class BrokenPart {
  readonly promise: Promise<never>;
  report: (error: FihristError) => void = () => {};

  constructor() {
    this.promise = new Promise((_, reject) => {
      this.report = reject;
    });
    this.promise.catch(() => {}); // heard of in serve(), if it gets that far
  }
}
