import { execFileSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { answerQuestion } from '../../src/answer/answer-question.js';
import { replaceBetweenMarkers } from '../../src/cli/replace-between-markers.js';
import type { Archive } from '../../src/compose.js';
import type { Config } from '../../src/config.js';
import type { EmbedderPool } from '../../src/embedding/embedder-pool.js';
import type { TransformersEmbedder } from '../../src/embedding/transformers-embedder.js';
import type { HttpServer } from '../../src/http/create-http-server.js';
import type { KeyStore } from '../../src/keys/key-store.js';
import type { SearchMode } from '../../src/search/search-request.js';
import { openLogger } from '../../src/telemetry/open-logger.js';
import { type RunningService, startService } from '../e2e/running-program.js';

/**
 * Measures the service on the sample archive and writes docs/benchmarks.md. Every figure that depends on the speed of
 * the machine is also given as a ratio to the bare model, measured in the same run, in turns.
 */
/** Rounds of all questions before measuring: a service in operation is compiled through and through. */
const WARMING_ROUNDS = 10;
const MEASURED_ROUNDS = 10;

const PAGE = 'docs/benchmarks.md';

/** A question that is asked again would cost next to nothing: what is measured is what a new one costs. */
const WITHOUT_CACHES = { FIHRIST_QUERY_CACHE: '0', FIHRIST_RESULT_CACHE_MB: '0' };

const dist = (file: string) => new URL(`../../dist/${file}`, import.meta.url);
const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;
const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

type ProgramParts = Awaited<ReturnType<typeof programParts>>;

const rows: string[] = [];
const report = (what: string, figure: string) => {
  rows.push(`| ${what} | ${figure} |`);
  process.stdout.write(`${what}: ${figure}\n`);
};

interface Question {
  readonly text: string;
}

describe('the service', () => {
  let folder: string;
  let questions: Question[];
  let settings: Record<string, string>;
  const load = loadavg()[0] ?? 0;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-bench-'));
    settings = { FIHRIST_INDEX: path.join(folder, 'index') };
    const lines = await readFile('corpus/questions.jsonl', 'utf8');
    questions = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Question);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await writeReport(load);
  });

  it('starts, the first time and again', async () => {
    const first = await startService(settings);
    report(
      'first start of the sample archive, to ready',
      `${(first.startMs / 1000).toFixed(1)} s, ${first.textsEmbedded} texts embedded`,
    );
    await first.stop();
    const starts: RunningService[] = [];
    for (let i = 0; i < 3; i++) {
      const again = await startService(settings);
      starts.push(again);
      await again.stop();
    }
    const times = starts.map((start) => start.startMs);
    report(
      'start again, to ready (median of 3)',
      `${ms(percentile(times, 0.5))}, ${starts[0]?.textsEmbedded} texts embedded`,
    );
  });

  it('idles', async () => {
    const service = await startService(settings);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    report('memory of the idle service', `${residentMb(service.process.pid ?? 0)} MB`);
    await service.stop();
  });

  it('answers queries over HTTP', async () => {
    const { openArchive, readConfig, ...parts } = await programParts();
    const config = readConfig({ ...settings, ...WITHOUT_CACHES });
    const archive = await openArchive({ config, logger: pino({ level: 'silent' }) });
    const keyStore = await parts.openKeys(config);
    const server = await serveArchive({ archive, config, keyStore }, parts);
    const { port } = await server.listen('127.0.0.1', 0);
    const asker = new Asker(port);
    const embedder = (archive.embedder as EmbedderPool<TransformersEmbedder>).first;
    const overHttp: number[] = [];
    const inside: number[] = [];
    const hybrid: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < WARMING_ROUNDS + MEASURED_ROUNDS; round++) {
      for (const { text } of questions) {
        const [forward = Number.NaN] = await embedder.timeForwardPass(text, 'query', 1);
        const { tookMs, insideMs } = await asker.ask(text, 'dense');
        const { tookMs: hybridMs } = await asker.ask(text, 'hybrid');
        if (round < WARMING_ROUNDS) continue;
        hybrid.push(hybridMs);
        bare.push(forward);
        overHttp.push(tookMs);
        inside.push(insideMs);
      }
    }
    const neverAsked = await sentencesOf(archive.store);
    const overHttpOnce: number[] = [];
    const bareOnce: number[] = [];
    for (const text of neverAsked) {
      overHttpOnce.push((await asker.ask(text, 'dense')).tookMs);
      const [forward = Number.NaN] = await embedder.timeForwardPass(text, 'query', 1);
      bareOnce.push(forward);
    }
    await asker.close();
    await server.close(1_000);
    await archive.close();
    await keyStore.close();
    const p = (share: number) => `p${share * 100} ${ms(percentile(overHttp, share))}`;
    report(
      `one query in mode \`dense\` through HTTP (${overHttp.length} questions, one after the other)`,
      `${p(0.5)}, ${p(0.95)}, ${p(0.99)}`,
    );
    report('the same question in mode `hybrid`, p50', ms(percentile(hybrid, 0.5)));
    report(
      'hybrid query through HTTP ÷ bare forward pass, p50',
      (percentile(hybrid, 0.5) / percentile(bare, 0.5)).toFixed(2),
    );
    report('the same as the service measures it (`took_ms`)', `p50 ${ms(percentile(inside, 0.5))}`);
    report('bare forward pass of the same questions, in turns', `p50 ${ms(percentile(bare, 0.5))}`);
    report(
      'dense query through HTTP ÷ bare forward pass, p50',
      (percentile(overHttp, 0.5) / percentile(bare, 0.5)).toFixed(2),
    );
    report(
      `the same for ${neverAsked.length} sentences of the archive, each asked once, many of their words for the first time`,
      (percentile(overHttpOnce, 0.5) / percentile(bareOnce, 0.5)).toFixed(2),
    );
  });

  it('answers questions that were asked before', async () => {
    const { openArchive, readConfig, ...parts } = await programParts();
    const config = readConfig(settings);
    const archive = await openArchive({ config, logger: pino({ level: 'silent' }) });
    const keyStore = await parts.openKeys(config);
    const server = await serveArchive({ archive, config, keyStore }, parts);
    const { port } = await server.listen('127.0.0.1', 0);
    const asker = new Asker(port);
    const model = await parts.TransformersEmbedder.open({
      description: archive.model,
      threads: config.threads,
    });
    const again: number[] = [];
    const narrowed: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < WARMING_ROUNDS + MEASURED_ROUNDS; round++) {
      for (const { text } of questions) {
        const [forward = Number.NaN] = await model.timeForwardPass(text, 'query', 1);
        const { tookMs: againMs } = await asker.ask(text, 'hybrid');
        // Never the same request twice, so that the embedding alone is known.
        const { tookMs: narrowedMs } = await asker.ask(text, 'hybrid', round + 1);
        if (round < WARMING_ROUNDS) continue;
        bare.push(forward);
        again.push(againMs);
        narrowed.push(narrowedMs);
      }
    }
    await asker.close();
    await model.close();
    await server.close(1_000);
    await archive.close();
    await keyStore.close();
    report('a request that was asked before, through HTTP, p50', ms(percentile(again, 0.5)));
    report('the same ÷ bare forward pass, p50', (percentile(again, 0.5) / percentile(bare, 0.5)).toFixed(2));
    report(
      'another page of a question that was asked before ÷ bare forward pass, p50',
      (percentile(narrowed, 0.5) / percentile(bare, 0.5)).toFixed(2),
    );
  });

  it('answers many at once', async () => {
    const { readConfig, TransformersEmbedder, describeModel } = await programParts();
    const config = readConfig(settings);
    const model = await TransformersEmbedder.open({
      description: await describeModel(config.model, config.hubModel),
      threads: 1,
    });
    const bare: number[] = [];
    for (let round = 0; round < 3; round++) {
      for (const { text } of questions) bare.push(...(await model.timeForwardPass(text, 'query', 1)));
    }
    await model.close();
    const forwardMs = percentile(bare, 0.5);
    const service = await startService({ ...settings, ...WITHOUT_CACHES });
    const { createAsker, measureCapacity } = await loadTools();
    const asker = createAsker({ url: service.url, key: null });
    // Opens what is opened under load, and compiles what is compiled.
    await measureCapacity(asker, { callers: 16, seconds: 6 });
    for (const callers of [1, 4, 16, 64]) {
      const { perSecond, refused } = await measureCapacity(asker, { callers, seconds: 6 });
      const part = (perSecond * forwardMs) / (availableParallelism() * 1_000);
      report(
        `answers a second to ${callers} ${callers === 1 ? 'client' : 'clients'}, and ÷ (cores ÷ bare forward pass on one thread)`,
        `${perSecond.toFixed(0)}, ${part.toFixed(2)}${refused === 0 ? '' : ` (${refused} times one was turned away, and waited as it was told to)`}`,
      );
    }
    asker.close();
    await service.stop();
  });

  it('indexes', async () => {
    const { openArchive, articleSourceOf, readConfig } = await programParts();
    const config = readConfig({ FIHRIST_INDEX: path.join(folder, 'indexing'), ...WITHOUT_CACHES });
    const archive = await openArchive({ config, logger: pino({ level: 'silent' }) });
    const ingest = await archive.ingest(articleSourceOf(config.corpus), { sourceName: 'bench' });
    const texts = await embeddedTexts(archive.store);
    const embedder = (archive.embedder as EmbedderPool<TransformersEmbedder>).first;
    const bareMs = await timeAll(
      embedder,
      texts.map(([passage = '']) => passage),
    );
    // The other order, so that a machine that becomes slower or faster favours neither.
    await archive.store.removeArticles((await archive.store.articleStates()).map((state) => state.id));
    const again = await archive.ingest(articleSourceOf(config.corpus), { sourceName: 'bench' });
    await archive.close();
    const ingestMs = (ingest.tookMs + again.tookMs) / 2;
    report(
      'indexing the sample archive',
      `${((ingest.passagesEmbedded * 1000) / ingestMs).toFixed(1)} passages/s with their sentences (${((texts.flat().length * 1000) / ingestMs).toFixed(1)} texts/s)`,
    );
    report('indexing speed ÷ bare forward pass of the passages alone', (bareMs / ingestMs).toFixed(2));
  });

  it('keeps the event loop free while it indexes and answers at once', async () => {
    const { serve } = (await import(dist('serve.js').href)) as typeof import('../../src/serve.js');
    const { readConfig } = (await import(dist('config.js').href)) as typeof import('../../src/config.js');
    const port = 20_000 + (process.pid % 20_000);
    const config = readConfig({
      ...WITHOUT_CACHES,
      FIHRIST_INDEX: path.join(folder, 'at-once'),
      FIHRIST_PORT: String(port),
    });
    const stop = new AbortController();
    const asker = new Worker(ASKER, {
      eval: true,
      workerData: { port, texts: questions.map(({ text }) => text) },
    });
    const delays = monitorEventLoopDelay({ resolution: 1 });
    const waits = new Promise<number[]>((resolve) => asker.once('message', resolve));
    let measuring = false;
    await serve({
      config,
      logger: pino({ level: 'silent' }),
      version: 'bench',
      signal: stop.signal,
      onProgress: ({ phase }) => {
        if (phase !== 'embedding' || measuring) return;
        measuring = true;
        delays.enable();
      },
      onReady: () => {
        delays.disable();
        asker.postMessage('stop');
        void waits.then(() => stop.abort());
      },
    });
    const answered = await waits;
    await asker.terminate();
    report(
      'event-loop delay while indexing and querying at once, p99',
      `${ms(delays.percentile(99) / 1e6)} (most ${ms(delays.max / 1e6)})`,
    );
    report(
      `queries answered meanwhile (${answered.length})`,
      `p50 ${ms(percentile(answered, 0.5))}, p95 ${ms(percentile(answered, 0.95))}, most ${ms(Math.max(...answered))}`,
    );
  });
});

/** A thread that asks one question after another, so that asking does not load the loop that is measured. */
const ASKER = `
const { parentPort, workerData } = require('node:worker_threads');
let running = true;
const waits = [];
parentPort.once('message', () => { running = false; });
(async () => {
  for (let i = 0; running; i++) {
    const start = performance.now();
    const reply = await fetch('http://127.0.0.1:' + workerData.port + '/v1/search', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: workerData.texts[i % workerData.texts.length] }),
    }).catch(() => null);
    if (reply !== null) await reply.arrayBuffer();
    if (reply?.status === 200) waits.push(performance.now() - start);
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }
  parentPort.postMessage(waits);
})();
`;

/** The built program, part by part: its threads run from dist. */
async function programParts() {
  const [compose, config, http, telemetry, embedding, model, keys, protection] = await Promise.all([
    import(dist('compose.js').href) as Promise<typeof import('../../src/compose.js')>,
    import(dist('config.js').href) as Promise<typeof import('../../src/config.js')>,
    import(dist('http/create-http-server.js').href) as Promise<
      typeof import('../../src/http/create-http-server.js')
    >,
    import(dist('compose-telemetry.js').href) as Promise<typeof import('../../src/compose-telemetry.js')>,
    import(dist('embedding/transformers-embedder.js').href) as Promise<
      typeof import('../../src/embedding/transformers-embedder.js')
    >,
    import(dist('embedding/describe-model.js').href) as Promise<
      typeof import('../../src/embedding/describe-model.js')
    >,
    import(dist('keys/key-ring.js').href) as Promise<typeof import('../../src/keys/key-ring.js')>,
    import(dist('protect-service.js').href) as Promise<typeof import('../../src/protect-service.js')>,
  ]);
  return { ...compose, ...config, ...http, ...telemetry, ...embedding, ...model, ...keys, ...protection };
}

interface LoadTools {
  createAsker(options: { url: string; key: string | null }): { close(): void };
  /** Answers a second, and how many callers were turned away. */
  measureCapacity(
    asker: unknown,
    options: { callers: number; seconds: number },
  ): Promise<{ perSecond: number; refused: number }>;
}

async function loadTools(): Promise<LoadTools> {
  const tool = (file: string) => new URL(`../../benchmarks/load/${file}`, import.meta.url).href;
  const [asker, load] = await Promise.all([import(tool('ask-search.mjs')), import(tool('offer-load.mjs'))]);
  return { ...asker, ...load } as LoadTools;
}

/** As the service serves it: with metrics, and with an eye on slow searches. */
async function serveArchive(
  { archive, config, keyStore }: { archive: Archive; config: Config; keyStore: KeyStore },
  {
    createHttpServer,
    openTelemetry,
    KeyRing,
    gatesOf,
    knownNamesOf,
    timeLimitsOf,
  }: Omit<ProgramParts, 'openArchive' | 'readConfig'>,
): Promise<HttpServer> {
  const { logger } = openLogger('info', openSync('/dev/null', 'w'));
  const readiness = { ready: true, reasons: [], indexing: null };
  const telemetry = await openTelemetry({
    config: { hasMetrics: true },
    logger,
    version: 'bench',
    figures: async () => ({
      requestsInFlight: 1,
      isReady: true,
      conditions: [],
      tasks: null,
      memory: null,
      lastBackupMs: null,
      archive: await archive.figures(),
    }),
  });
  return createHttpServer({
    search: archive.search,
    answer: (request, { signal }) =>
      answerQuestion(
        {
          search: (search, abort) => archive.search(search, { signal: abort }),
          chatModel: null,
          onModelFailure: () => {},
        },
        request,
        signal,
      ),
    related: (request, { signal }) => archive.related(request, signal),
    article: (id) => archive.store.article(id),
    articles: (options) => archive.store.articles(options),
    writeArticles: (articles, options) => archive.writeArticles(articles, { ...options, sourceName: 'api' }),
    backups: () => {
      throw new Error('no backup is asked for');
    },
    deleteArticle: (id, how) => archive.deleteArticle(id, { ...how, lastingSource: 'corpus' }),
    tasks: () => {
      throw new Error('there are no tasks here');
    },
    serviceUrl: () => 'http://127.0.0.1',
    readiness: () => readiness,
    gates: gatesOf(config, {
      keys: new KeyRing({ store: keyStore, policy: config.keys }),
      names: knownNamesOf(config),
      sessions: null,
      memory: null,
    }),
    timeLimitsMs: timeLimitsOf(config),
    maxConnections: config.maxConnections,
    corsOrigins: config.corsOrigins,
    ...telemetry,
    slowSearches: { thresholdMs: 1_000, showsQuery: false },
    maxBodyBytes: 65_536,
    logger,
    version: 'bench',
    errorsPage: '',
    referenceViewer: Buffer.alloc(0),
  });
}

/** Asks over one kept connection from a thread of its own, so that the caller's work is not the service's. */
class Asker {
  readonly #thread: Worker;

  constructor(port: number) {
    this.#thread = new Worker(ONE_QUESTION, { eval: true, workerData: { port, client: CLIENT.href } });
  }

  ask(query: string, mode: SearchMode, offset = 0): Promise<{ tookMs: number; insideMs: number }> {
    return new Promise((resolve, reject) => {
      this.#thread.once('message', (reply: { status: number; tookMs: number; insideMs: number }) => {
        if (reply.status === 200) resolve(reply);
        else reject(new Error(`a search was answered with ${reply.status}`));
      });
      this.#thread.postMessage({ query, mode, offset });
    });
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }
}

const CLIENT = new URL('../../benchmarks/load/one-connection.mjs', import.meta.url);

const ONE_QUESTION = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.client).then(({ openConnection }) => {
  const connection = openConnection(workerData.port);
  parentPort.on('message', async (asked) => {
    const { status, tookMs, reply } = await connection.ask(asked);
    parentPort.postMessage({ status, tookMs, insideMs: reply.took_ms });
  });
});
`;

/** Every passage, and behind it its sentences where they have vectors of their own. */
async function embeddedTexts(
  store: import('../../src/storage/article-store.js').ArticleStoreReader,
): Promise<string[][]> {
  const texts: string[][] = [];
  for (const { id } of await store.articleStates()) {
    for (const { text, sentences } of (await store.article(id))?.passages ?? []) {
      const parts = sentences.length > 1 ? sentences : [];
      texts.push([text, ...parts.map(({ start, end }) => text.slice(start, end))]);
    }
  }
  return texts;
}

/** As long as questions are. */
async function sentencesOf(
  store: import('../../src/storage/article-store.js').ArticleStoreReader,
): Promise<string[]> {
  const texts = (await embeddedTexts(store)).flat();
  return [...new Set(texts)].filter((text) => text.length >= 20 && text.length <= 110);
}

async function timeAll(embedder: TransformersEmbedder, texts: readonly string[]): Promise<number> {
  let total = 0;
  for (const text of texts) {
    const [time] = await embedder.timeForwardPass(text, 'passage', 1);
    total += time ?? 0;
  }
  return total;
}

function residentMb(pid: number): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Math.round(Number(kilobytes) / 1024);
}

async function writeReport(load: number): Promise<void> {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  const processor = cpus()[0]?.model ?? 'unknown processor';
  const machine = `${processor}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const page = { path: PAGE, text: await readFile(PAGE, 'utf8') };
  const filled = replaceBetweenMarkers(page, 'service', [
    `Machine: ${machine}. Commit: ${commit}. Load before the run: ${load.toFixed(2)}. Date: ${date}.`,
    '',
    '| what | figure |',
    '|---|---|',
    ...rows,
  ]);
  await writeFile(PAGE, filled);
}
