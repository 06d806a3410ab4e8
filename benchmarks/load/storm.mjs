// What happens to searches when three times as many are asked as the service can answer:
//   node benchmarks/load/storm.mjs [--url http://127.0.0.1:3000] [--key KEY] [--seconds 60] [--json]
// The service must run already, on an indexed archive, without a rate limit for this caller (FIHRIST_RATE_LIMIT=0).
import { performance } from 'node:perf_hooks';
import { createAsker } from './ask-search.mjs';
import { measureServiceNotSelf, quantile, REFUSED_WITHIN_MS, readOptions, report, rounded, summarise, wanted, withOwnDelay } from './figures.mjs';
import { measureCapacity, offerLoad, seededRandom } from './offer-load.mjs';

/** Enough for every copy of the model and the event loop never to wait, few enough for nobody to be turned away. */
const CALLERS = 8;
const PROBE_EVERY_MS = 25;
/** So many good answers in succession end a storm. */
const GOOD_PROBES = 10;

measureServiceNotSelf();
const options = readOptions({ capacity: { type: 'string' } });
const seconds = Number(options.seconds);
const asker = createAsker({ url: options.url, key: options.key ?? null });
const tell = (text) => process.stderr.write(`${text}\n`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

tell('warming up …');
await measureCapacity(asker, { callers: CALLERS, seconds: 2 });
const measuring = Math.min(10, seconds);
tell(`measuring the capacity for ${measuring} s …`);
const capacity = options.capacity
  ? Number(options.capacity)
  : (await measureCapacity(asker, { callers: CALLERS, seconds: measuring })).perSecond;
await pause(1_000);

tell(`1×: ${rounded(capacity)} searches a second for ${seconds} s …`);
const usual = await offer(1);
await pause(1_000);
tell(`3×: ${rounded(3 * capacity)} searches a second for ${seconds} s …`);
const storm = await offer(3);
const recoveryMs = await recover(1.5 * (usual.answered_p95_ms ?? Number.POSITIVE_INFINITY));
asker.close();

const ratio = (storm.answered_p95_ms ?? Number.NaN) / (usual.answered_p95_ms ?? Number.NaN);
const row = (name, field) => [name, rounded(usual[field]), rounded(storm[field])];
report({
  title: `Capacity: ${rounded(capacity)} searches a second. ${seconds} s each.`,
  rows: [
    ['', '1×', '3×'],
    row('asked', 'asked'),
    row('answered', 'answered'),
    row('refused', 'refused'),
    ['refused, %', rounded(100 * usual.refused_share), rounded(100 * storm.refused_share)],
    row('lost', 'lost'),
    row('answered, p50 ms', 'answered_p50_ms'),
    row('answered, p95 ms', 'answered_p95_ms'),
    row('answered, p99 ms', 'answered_p99_ms'),
    row('refused, p50 ms', 'refused_p50_ms'),
    row('refused, p95 ms', 'refused_p95_ms'),
    row('refused, p99 ms', 'refused_p99_ms'),
    row('refused, longest ms', 'refused_max_ms'),
    row(`refused later than ${REFUSED_WITHIN_MS} ms`, 'refused_late'),
    row('delay of this client, p99 ms', 'client_delay_p99_ms'),
    ['as before after the storm, ms', '', rounded(recoveryMs)],
  ],
  figures: [
    wanted('p95 of answers at 3× ÷ at 1×', Number.isNaN(ratio) ? null : ratio, 1.5),
    wanted('longest refusal at 3×, ms', storm.refused_max_ms, REFUSED_WITHIN_MS),
    wanted('lost', usual.lost + storm.lost, 0),
    wanted('as before after the storm, ms', recoveryMs, 1_000),
  ],
  json: options.json,
  data: { capacity, seconds, usual, storm, recovery_ms: recoveryMs },
});
for (const [name, { lost_reasons: reasons }] of Object.entries({ '1×': usual, '3×': storm })) {
  for (const [reason, count] of Object.entries(reasons)) tell(`lost at ${name}: ${count} (${reason})`);
}

async function offer(times) {
  const load = { perSecond: times * capacity, seconds, random: seededRandom() };
  const { result, ownDelayP99Ms } = await withOwnDelay(() => offerLoad(asker, load));
  return { ...summarise(result), client_delay_p99_ms: ownDelayP99Ms };
}

/**
 * Asks one question after the other from the end of the storm, as a person does.
 * @returns {Promise<number | null>} Milliseconds until the first of ten successive answers within `goodMs`; null when there
 *   were none within 30 s
 */
async function recover(goodMs) {
  const startMs = performance.now();
  const probes = [];
  while (performance.now() - startMs < 30_000) {
    const sinceMs = performance.now() - startMs;
    const { status, replyMs } = await asker.ask();
    probes.push({ sinceMs, isGood: status === 200 && replyMs <= goodMs });
    const last = probes.slice(-GOOD_PROBES);
    if (last.length === GOOD_PROBES && last.every(({ isGood }) => isGood)) {
      return quantile(last.map((probe) => probe.sinceMs), 0);
    }
    await pause(PROBE_EVERY_MS);
  }
  return null;
}
