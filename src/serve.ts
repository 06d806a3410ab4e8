import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { type Archive, articleSourceOf, openArchive, openKeys } from './compose.js';
import type { Config } from './config.js';
import { FihristError } from './domain/errors.js';
import { createHttpServer } from './http/create-http-server.js';
import type { IngestProgress } from './ingest/ingest-report.js';
import { createInterfaces } from './interfaces.js';
import { KeyRing } from './keys/key-ring.js';
import { gatesOf, refuseOpenDoor, timeLimitsOf } from './protect-service.js';
import { narrowArticle } from './search/narrow-article.js';
import { narrowRequest } from './search/narrow-request.js';

/** How long requests under way may take to finish once the service is told to stop. */
const GRACE_MS = 5_000;

/** Name of the collection that the configured corpus is the whole of. */
export const CORPUS_SOURCE = 'corpus';

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
  const { config, logger, signal } = options;
  const started = performance.now();
  const state = new ServiceState();
  const showProgress = options.onProgress ?? occasionalLog(logger);
  let address = '';
  const keyStore = openKeys(config);
  const keys = new KeyRing({
    store: keyStore,
    policy: config.keys,
    onUnsaved: (error) => logger.warn({ err: error }, 'last uses of keys could not be kept'),
  });
  const server = createHttpServer({
    search: (request, { filter, signal }) => state.archive().search(narrowRequest(request, filter), signal),
    related: (request, { filter, signal }) => state.archive().related(narrowRequest(request, filter), signal),
    article: async (id, { filter }) => {
      const article = await state.archive().store.article(id);
      return article === null ? null : narrowArticle(article, filter);
    },
    readiness: () => state.readiness(),
    interfaces: createInterfaces({
      config,
      logger,
      version: options.version,
      archive: () => state.archive(),
      address: () => address,
    }),
    gates: gatesOf(config, keys),
    timeLimitsMs: timeLimitsOf(config),
    maxConnections: config.maxConnections,
    corsOrigins: config.corsOrigins,
    maxBodyBytes: config.maxBodyBytes,
    logger,
    version: options.version,
    errorsPage: readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8'),
    // Put there when the program was built (scripts/build.mjs).
    referenceViewer: readFileSync(new URL('./reference-viewer/openapi-explorer.min.js', import.meta.url)),
  });
  const broken = new BrokenPart();
  let archive: Archive | null = null;
  try {
    await refuseOpenDoor(config, keyStore);
    const { url } = await server.listen(config.host, config.port);
    address = url;
    if (config.keys === 'on' && (await keyStore.isEmpty())) {
      logger.warn(
        'every request is refused until there is a key: fihrist keys create --name me --scope search',
      );
    }
    archive = await openArchive({ config, logger, onStopped: broken.report });
    state.opened(archive);
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
    await Promise.race([stopped(signal), broken.promise]);
  } catch (error) {
    // Stopping in the middle of something ends it with the signal's own error; any other one is to be heard of.
    if (error !== signal.reason) throw error;
  } finally {
    await server.close(GRACE_MS);
    await archive?.close();
    await keys.close();
    await keyStore.close();
  }
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

/** Where a start has come to, as /readyz tells it. */
class ServiceState {
  #archive: Archive | null = null;
  #progress: IngestProgress | null = null;
  #complete = false;

  opened(archive: Archive): void {
    this.#archive = archive;
  }

  indexing(progress: IngestProgress): void {
    this.#progress = progress;
  }

  complete(): void {
    this.#complete = true;
    this.#progress = null;
  }

  /** @throws NOT_READY (operator) */
  archive(): Archive {
    if (this.#archive === null) {
      throw new FihristError(
        'NOT_READY',
        'The service is starting: the model and the index are being opened.',
      );
    }
    if (this.#archive.needsEmbedding && !this.#complete) {
      throw new FihristError('NOT_READY', 'The model was changed: the articles are being embedded again.');
    }
    return this.#archive;
  }

  readiness() {
    const progress = this.#progress;
    const reason =
      this.#archive === null ? 'the model and the index are being opened' : 'the articles are being indexed';
    return {
      ready: this.#complete,
      reasons: this.#complete ? [] : [reason],
      indexing:
        progress === null
          ? null
          : { articlesDone: progress.articlesDone, articlesTotal: progress.articlesTotal },
    };
  }
}
