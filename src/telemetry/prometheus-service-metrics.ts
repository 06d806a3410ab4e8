import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from '../domain/errors.js';
import { SEARCH_STAGES } from './search-stages.js';
import type { ServedRequest } from './served-request.js';
import type { ArchiveFigures, ServiceFigures } from './service-figures.js';
import type { MetricsPage, ServiceMetrics } from './service-metrics.js';

/** Upper ends in seconds: of requests, and of the stages of a search. */
const REQUEST_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STAGE_BUCKETS = [0.0001, 0.00025, 0.0005, ...REQUEST_BUCKETS.slice(0, -1)];

/** What stands for the route of a request that has none, whatever its path and method. */
const NO_ROUTE = { route: 'none', method: 'any' };

export interface PrometheusServiceMetricsOptions {
  readonly version: string;
  /** Asked once for each page. */
  readonly figures: () => Promise<ServiceFigures>;
}

/** Metrics in Prometheus' text format, those of the process and of Node.js among them. */
export class PrometheusServiceMetrics implements ServiceMetrics {
  readonly #registry = new Registry();
  readonly #figures: () => Promise<ServiceFigures>;
  readonly #requests = new Histogram({
    name: 'fihrist_http_request_duration_seconds',
    help: 'Time from the headers of a request to the end of its reply.',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [this.#registry],
  });
  readonly #refused = new Counter({
    name: 'fihrist_http_refused_requests_total',
    help: 'Requests that were answered with an error, by its code.',
    labelNames: ['code'],
    registers: [this.#registry],
  });
  readonly #inFlight = this.#gauge({
    name: 'fihrist_http_requests_in_flight',
    help: 'Requests that are being answered, the one for this page among them.',
  });
  readonly #stages = new Histogram({
    name: 'fihrist_search_stage_duration_seconds',
    help: 'Time of the stages of searches: waiting for the model, the model, candidates by words, candidates by vector, ranking, showing.',
    labelNames: ['stage'],
    buckets: STAGE_BUCKETS,
    registers: [this.#registry],
  });
  readonly #slow = new Counter({
    name: 'fihrist_slow_searches_total',
    help: 'Searches that took longer than FIHRIST_SLOW_QUERY_MS.',
    registers: [this.#registry],
  });
  readonly #waiting = this.#gauge({
    name: 'fihrist_embedding_waiting_texts',
    help: 'Texts that wait for the model or are with it, by what they are to it.',
    labelNames: ['role'],
  });
  readonly #tasks = this.#gauge({
    name: 'fihrist_tasks',
    help: 'Tasks that are not over, by their state.',
    labelNames: ['state'],
  });
  readonly #lastBackup = this.#gauge({
    name: 'fihrist_last_backup_timestamp_seconds',
    help: 'When the newest backup in the folder of backups was asked for, in seconds since 1970. Not there without one.',
  });
  readonly #cacheHits = new Counter({
    name: 'fihrist_cache_hits_total',
    help: 'What was asked of a cache and was there, or was being made for somebody else.',
    labelNames: ['cache'],
    registers: [this.#registry],
  });
  readonly #cacheMisses = new Counter({
    name: 'fihrist_cache_misses_total',
    help: 'What was asked of a cache and had to be made.',
    labelNames: ['cache'],
    registers: [this.#registry],
  });
  readonly #cacheEntries = this.#gauge({
    name: 'fihrist_cache_entries',
    help: 'What a cache holds.',
    labelNames: ['cache'],
  });
  readonly #cacheSize = this.#gauge({
    name: 'fihrist_cache_size_bytes',
    help: 'About what the entries of a cache take.',
    labelNames: ['cache'],
  });
  readonly #ceiling = this.#gauge({
    name: 'fihrist_memory_ceiling_bytes',
    help: 'What the process may take, as FIHRIST_MAX_MEMORY_MB or its container says; missing when there is no ceiling.',
  });
  readonly #resident = this.#gauge({
    name: 'fihrist_memory_resident_bytes',
    help: 'What the process takes, as it was last compared with the ceiling.',
  });
  readonly #emptied = new Counter({
    name: 'fihrist_memory_caches_emptied_total',
    help: 'How often all caches were emptied because the ceiling was near.',
    registers: [this.#registry],
  });
  readonly #articles = this.#gauge({ name: 'fihrist_articles', help: 'Articles in the archive.' });
  readonly #passages = this.#gauge({
    name: 'fihrist_passages',
    help: 'Passages in the archive, by language.',
    labelNames: ['language'],
  });
  readonly #storeSize = this.#gauge({
    name: 'fihrist_store_size_bytes',
    help: 'Size of the database file with its write-ahead log.',
  });
  readonly #generation = this.#gauge({
    name: 'fihrist_index_generation',
    help: 'Rises with every change of what can be found.',
  });
  readonly #indexSize = this.#gauge({
    name: 'fihrist_index_vectors',
    help: 'Vectors that can be found; as many as passages when the index is complete.',
  });
  readonly #ready = this.#gauge({
    name: 'fihrist_ready',
    help: 'Whether the service is ready, as GET /readyz says: 1 or 0.',
  });
  readonly #conditions = this.#gauge({
    name: 'fihrist_condition',
    help: '1 for each reason and warning that GET /readyz gives at the moment, by its code.',
    labelNames: ['code'],
  });
  readonly #info = this.#gauge({
    name: 'fihrist_info',
    help: '1; the labels tell the version of the program and the model of the archive.',
    labelNames: ['version', 'model'],
  });
  readonly #version: string;

  constructor({ version, figures }: PrometheusServiceMetricsOptions) {
    this.#version = version;
    this.#figures = figures;
    collectDefaultMetrics({ register: this.#registry });
    for (const stage of SEARCH_STAGES) this.#stages.zero({ stage });
  }

  served({ route, method, status, errorCode, startedAt, endedAt, stages }: ServedRequest): void {
    const labels = route === null ? NO_ROUTE : { route, method };
    this.#requests.observe({ ...labels, status: status ?? 'aborted' }, (endedAt - startedAt) / 1_000);
    if (errorCode !== null) this.refused(errorCode);
    for (const { stage, startedAt: from, endedAt: to } of stages) {
      this.#stages.observe({ stage }, (to - from) / 1_000);
    }
  }

  refused(code: ErrorCode): void {
    this.#refused.inc({ code });
  }

  wasSlow(): void {
    this.#slow.inc();
  }

  async page(): Promise<MetricsPage> {
    this.#show(await this.#figures());
    const mediaType = this.#registry.contentType.replace(/; charset=.*/, '');
    return { mediaType, text: await this.#registry.metrics() };
  }

  #gauge<Label extends string = never>(options: {
    name: string;
    help: string;
    labelNames?: readonly Label[];
  }): Gauge<Label> {
    return new Gauge<Label>({ ...options, registers: [this.#registry] });
  }

  #show({
    requestsInFlight,
    isReady,
    conditions,
    tasks,
    lastBackupMs,
    memory,
    archive,
  }: ServiceFigures): void {
    this.#inFlight.set(requestsInFlight);
    this.#ready.set(isReady ? 1 : 0);
    this.#conditions.reset();
    for (const code of conditions) this.#conditions.set({ code }, 1);
    for (const [state, count] of Object.entries(tasks ?? {})) this.#tasks.set({ state }, count);
    if (lastBackupMs === null) this.#lastBackup.remove();
    else this.#lastBackup.set(lastBackupMs / 1_000);
    this.#info.reset();
    this.#info.set({ version: this.#version, model: archive?.modelFingerprint ?? '' }, 1);
    this.#showMemory(memory);
    // What is not known is left out: nothing would be another number.
    const ofArchive = [this.#articles, this.#storeSize, this.#generation, this.#indexSize];
    if (archive === null) for (const gauge of ofArchive) gauge.remove();
    else this.#showArchive(archive);
  }

  #showMemory(memory: ServiceFigures['memory']): void {
    for (const gauge of [this.#ceiling, this.#resident]) gauge.remove();
    this.#emptied.reset();
    if (memory === null) return;
    this.#ceiling.set(memory.ceilingBytes);
    this.#resident.set(memory.residentBytes);
    this.#emptied.inc(memory.emptied);
  }

  #showArchive(archive: ArchiveFigures): void {
    this.#articles.set(archive.articles);
    this.#storeSize.set(archive.sizeBytes);
    this.#generation.set(archive.generation);
    this.#indexSize.set(archive.indexSize);
    for (const [language, count] of Object.entries(archive.passagesByLanguage)) {
      this.#passages.set({ language }, count);
    }
    for (const [role, count] of Object.entries(archive.waitingTexts)) this.#waiting.set({ role }, count);
    this.#cacheHits.reset();
    this.#cacheMisses.reset();
    for (const [cache, figures] of Object.entries(archive.caches)) {
      if (figures === null) continue;
      this.#cacheHits.inc({ cache }, figures.hits);
      this.#cacheMisses.inc({ cache }, figures.misses);
      this.#cacheEntries.set({ cache }, figures.entries);
      this.#cacheSize.set({ cache }, figures.sizeBytes);
    }
  }
}
