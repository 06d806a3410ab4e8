// Whether the service stays as it is while it works for long: node benchmarks/soak/soak.mjs --index FOLDER [--minutes 20] [--json]
// FOLDER is an index folder; what is written into it is removed at the end.
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { quantile, readOptions, report, rounded, wanted } from '../load/figures.mjs';
import { measureCapacity, offerLoad, seededRandom } from '../load/offer-load.mjs';
import { startService } from '../scale/running-service.mjs';
import { fitLine, outerThirds } from './memory-trend.mjs';
import { createMixedLoad, KINDS } from './mixed-load.mjs';

const SAMPLE_MS = 10_000;
const CALLERS = 4;
const CAPACITY_SECONDS = 10;
/** Of what the service can do; the rest is for what comes in bursts. */
const SHARE = 0.5;
/** As long as memory grows because caches fill, that is no leak. */
const WARM_UP_SECONDS = 30;

const options = readOptions({
  index: { type: 'string' },
  minutes: { type: 'string', default: '20' },
  rate: { type: 'string' },
  'margin-mb': { type: 'string', default: '50' },
});
if (options.index === undefined) throw new Error('--index FOLDER is missing: an index folder with an archive');
const seconds = 60 * Number(options.minutes);
const marginMb = Number(options['margin-mb']);
const tell = (text) => process.stderr.write(`${text}\n`);
const loadBefore = loadavg()[0];

tell('starting …');
const service = await startService({
  FIHRIST_INDEX: options.index,
  FIHRIST_LOG_LEVEL: 'info',
  // Whether what is asked in a burst is turned away is for benchmarks/load to measure.
  FIHRIST_SEARCH_WAIT_MS: '5000',
});
const load = createMixedLoad({ url: service.url });
let perSecond = Number(options.rate);
if (options.rate === undefined) {
  tell(`measuring the capacity for ${CAPACITY_SECONDS} s …`);
  const capacity = await measureCapacity(load, { callers: CALLERS, seconds: CAPACITY_SECONDS });
  perSecond = SHARE * capacity.perSecond;
}
// Without any load everything would hold.
if (!(perSecond > 0)) throw new Error(`${perSecond} requests a second are no load`);
tell(`warming up for ${WARM_UP_SECONDS} s, ${rounded(perSecond)} requests a second …`);
const random = seededRandom();
await offerLoad(load, { perSecond, seconds: WARM_UP_SECONDS, random });

tell(`${options.minutes} minutes …`);
const startMs = performance.now();
const samples = [];
const sample = () => samples.push({ x: (performance.now() - startMs) / 3_600_000, y: service.residentMb() });
sample();
const sampling = setInterval(() => {
  sample();
  const { x, y } = samples.at(-1);
  if (samples.length % 6 === 1) tell(`${(60 * x).toFixed(0)} min: ${y} MB`);
}, SAMPLE_MS);
const outcomes = await offerLoad(load, { perSecond, seconds, random });
clearInterval(sampling);
sample();
await load.clear();
load.close();
await service.stop();

const thirds = outerThirds(samples);
const lines = { first: fitLine(thirds.first), last: fitLine(thirds.last) };
/** Beyond the first third, so that what fills up at first does not count. */
const later = samples.slice(thirds.first.length);
const grownMb = fitLine(later).slope * (later.at(-1).x - later[0].x);
const latencies = outerThirds(outcomes.filter(({ status }) => status === 200).sort((a, b) => a.dueMs - b.dueMs));
const p95 = {
  first: quantile(latencies.first.map(({ latencyMs }) => latencyMs), 0.95),
  last: quantile(latencies.last.map(({ latencyMs }) => latencyMs), 0.95),
};
const failures = {};
for (const { kind, failure } of outcomes) {
  if (failure !== null) failures[`${kind}: ${failure}`] = (failures[`${kind}: ${failure}`] ?? 0) + 1;
}
const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
const peakMb = Math.max(...samples.map(({ y }) => y));
const of = (kind) => outcomes.filter((outcome) => outcome.kind === kind && outcome.status === 200);
report({
  title: `${options.minutes} minutes, ${rounded(perSecond)} requests a second, ${outcomes.length} in all; Node ${process.version}, commit ${commit}, load before ${loadBefore.toFixed(1)}.`,
  json: options.json,
  data: { perSecond, samples, lines, grownMb, peakMb, p95, failures, requests: outcomes.length },
  rows: [
    ['', 'first third', 'last third'],
    ['memory, MB on average', rounded(lines.first.mean), rounded(lines.last.mean)],
    ['memory, MB more an hour', rounded(lines.first.slope), rounded(lines.last.slope)],
    ['latency, p95 in ms', rounded(p95.first), rounded(p95.last)],
    ['memory at most, MB', '', rounded(peakMb)],
    ...Object.keys(KINDS).map((kind) => [
      `${kind}: answered, p95 in ms`,
      String(of(kind).length),
      rounded(quantile(of(kind).map(({ latencyMs }) => latencyMs), 0.95)),
    ]),
    ...Object.entries(failures).map(([what, count]) => [`failed: ${what}`, '', String(count)]),
  ],
  figures: [
    wanted('memory grown after the first third, MB', grownMb, marginMb),
    wanted('requests that failed', failed, 0),
    wanted('p95 in the last third over that in the first', p95.last / p95.first, 1.5),
  ],
});
