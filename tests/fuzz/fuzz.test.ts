import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningService, startService } from '../e2e/running-program.js';
import { clearWritten } from './clear-written.js';
import { fetchOnce } from './fetch-once.js';
import { type FuzzReport, fuzzService } from './fuzz-service.js';
import { makeBackup } from './learn-words.js';
import { readCondition, type ServiceCondition } from './service-condition.js';

/** Set by scripts/fuzz.mjs. */
const COUNT = Number(process.env.FUZZ_COUNT ?? 10_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const ONLY = process.env.FUZZ_ONLY === undefined ? undefined : Number(process.env.FUZZ_ONLY);

/**
 * By how much the most memory of the second half may be over that of the first, which has the warm-up in it. Highest values
 * are compared as memory goes up and down with the garbage of thousands of requests.
 */
const MEMORY_MARGIN_BYTES = 32 * 2 ** 20;
/** How long connections that were left may take to be closed on both sides. */
const SETTLING_MS = 15_000;

/** Megabytes. Garbage is then collected often enough to tell it from what is kept, and what is kept for ever ends the run. */
const HEAP_LIMIT_MB = 128;

/** Nothing is turned away for load, and caches are full after the warm-up. */
const SETTINGS = {
  FIHRIST_RATE_LIMIT: '0',
  FIHRIST_SEARCH_WAIT_MS: '60000',
  FIHRIST_SEARCH_TIMEOUT_MS: '120000',
  FIHRIST_QUERY_CACHE: '200',
  FIHRIST_RESULT_CACHE_MB: '2',
  FIHRIST_SLOW_QUERY_MS: '0',
  // The names that the requests know stay until one of them removes it.
  FIHRIST_BACKUPS_KEPT: '0',
};

let folder: string;
let service: RunningService;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fihrist-fuzz-'));
  service = await startService({
    ...SETTINGS,
    NODE_OPTIONS: `--max-old-space-size=${HEAP_LIMIT_MB}`,
    FIHRIST_LOG_LEVEL: 'info',
    FIHRIST_INDEX: path.join(folder, 'index'),
  });
});
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

it(`answers ${COUNT} requests of seed ${SEED} as documented, and stands as before`, async () => {
  // SQLite keeps the file of a connection that was closed open while others have a lock on it: from the first backup on.
  await makeBackup(service.url);
  // What is stored is looked at after the start, by a thread that has files open for as long as it takes.
  await vi.waitFor(
    () => expect(service.log.map(({ msg }) => msg)).toContain('all that is stored was looked at'),
    { timeout: SETTLING_MS },
  );
  const conditions: ServiceCondition[] = [await readCondition(service.url, 0)];
  const startedAt = performance.now();
  const report = await fuzzService({
    url: service.url,
    count: COUNT,
    seed: SEED,
    ...(ONLY === undefined ? {} : { only: ONLY }),
    onPause: async (sent) => {
      await clearWritten(service.url);
      conditions.push(await readCondition(service.url, sent));
    },
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  show(report, conditions, seconds);

  const failures = service.log.filter(({ level }) => Number(level) >= 50);
  for (const failure of failures) process.stdout.write(`${JSON.stringify(failure)}\n`);
  expect(service.process.exitCode, 'the service has ended').toBeNull();
  expect((await fetchOnce(`${service.url}/readyz`)).status).toBe(200);
  expect(report.failures).toEqual([]);
  expect(failures).toEqual([]);
  if (ONLY !== undefined) return;
  expect(report.sent).toBe(COUNT);
  expect(report.neverAnswered).toEqual([]);
  const peak = (some: readonly ServiceCondition[]) =>
    Math.max(...some.map(({ residentBytes }) => residentBytes));
  const isFirstHalf = ({ afterRequests }: ServiceCondition) => afterRequests <= COUNT / 2;
  const grown = peak(conditions.filter((one) => !isFirstHalf(one))) - peak(conditions.filter(isFirstHalf));
  expect(grown, 'bytes of memory that the second half needed more').toBeLessThan(MEMORY_MARGIN_BYTES);
  const [before] = conditions;
  await vi.waitFor(
    async () => {
      const { openFiles, openConnections } = await readCondition(service.url, report.sent);
      expect({ openFiles, openConnections }).toEqual({
        openFiles: before!.openFiles,
        openConnections: before!.openConnections,
      });
    },
    { timeout: SETTLING_MS, interval: 500 },
  );
});

function show(
  { sent, statuses, failures, cutOff }: FuzzReport,
  conditions: readonly ServiceCondition[],
  seconds: number,
) {
  const lines = [
    `${sent} requests of seed ${SEED} in ${seconds.toFixed(0)} s; ${cutOff} bodies over the limit cut off`,
    ...Object.entries(statuses)
      .sort()
      .map(
        ([name, counts]) =>
          `  ${name}: ${Object.entries(counts)
            .map(([status, n]) => `${status} × ${n}`)
            .join(', ')}`,
      ),
    'after requests | resident MB | heap MB | open files | connections | articles',
    ...conditions.map((one) =>
      [
        one.afterRequests,
        megabytes(one.residentBytes),
        megabytes(one.heapUsedBytes),
        one.openFiles,
        one.openConnections,
        one.articles,
      ].join(' | '),
    ),
    ...failures.flatMap(({ number, problems, request, repeated }) => [
      `request ${number} (npm run fuzz -- --seed ${SEED} --only ${number}), and ${repeated} more like it:`,
      ...problems.map((one) => `    ${one}`),
      `    ${request}`,
    ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
