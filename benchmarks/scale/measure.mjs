// Measures the service on a large archive: node benchmarks/scale/measure.mjs --index FOLDER [--json]
// FOLDER is what build-archive.mjs made. Every time is also given as a ratio to the model's bare forward pass of the same
// questions, measured in turns with them. Nothing else should run on the machine.
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { describeModel } from '../../dist/embedding/describe-model.js';
import { TransformersEmbedder } from '../../dist/embedding/transformers-embedder.js';
import { readConfig } from '../../dist/config.js';
import { createAsker } from '../load/ask-search.mjs';
import { describeMachine, quantile, readOptions, report, rounded, wanted } from '../load/figures.mjs';
import { measureCapacity } from '../load/offer-load.mjs';
import { openConnection } from '../load/one-connection.mjs';
import { SHARES } from './generate-articles.mjs';
import { startService } from './running-service.mjs';

const ROUNDS = { warming: 2, measured: 3 };
const CLIENTS = [1, 4, 16, 64];
const WITHOUT_CACHES = { FIHRIST_QUERY_CACHE: '0', FIHRIST_RESULT_CACHE_MB: '0' };

const options = readOptions({ index: { type: 'string' } });
if (options.index === undefined) throw new Error('--index FOLDER is missing: an archive made by build-archive.mjs');
const questions = readFileSync(new URL('../../corpus/questions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line).text);
const tell = (text) => process.stderr.write(`${text}\n`);
const load = loadavg()[0];
const config = readConfig({ FIHRIST_INDEX: options.index });
const model = await TransformersEmbedder.open({
  description: await describeModel(config.model, config.hubModel),
  threads: config.threads,
});

tell('starting …');
let service = await startService({ FIHRIST_INDEX: options.index, ...WITHOUT_CACHES });
const { startMs } = service;
const idleMb = service.residentMb();

/** One after the other, in turns with the bare forward pass. */
async function askInTurns(extra, { rounds }) {
  const connection = openConnection(Number(new URL(service.url).port));
  const asked = [];
  const bare = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const query of questions) {
      const [forward] = await model.timeForwardPass(query, 'query', 1);
      const { status, tookMs, reply } = await connection.ask({ query, ...extra });
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(reply)}`);
      asked.push(tookMs);
      bare.push(forward);
    }
  }
  connection.close();
  return { asked, bare };
}

tell('warming up …');
await askInTurns({}, { rounds: ROUNDS.warming });
tell('asking one after the other …');
const { asked, bare } = await askInTurns({}, { rounds: ROUNDS.measured });
const bareP50 = quantile(bare, 0.5);
const filtered = [];
for (const share of SHARES) {
  tell(`filter that keeps ${100 * share} % …`);
  const { asked: times } = await askInTurns({ filters: { type: 'eq', key: 'tags', value: `share-${share}` } }, { rounds: 1 });
  filtered.push({ share, p50: quantile(times, 0.5), p95: quantile(times, 0.95) });
}
const asker = createAsker({ url: service.url, key: null });
const throughput = [];
for (const callers of CLIENTS) {
  tell(`${callers} clients …`);
  throughput.push({ callers, ...(await measureCapacity(asker, { callers, seconds: 8 })) });
}
asker.close();
const busyMb = service.residentMb();
await service.stop();

tell('asking again …');
service = await startService({ FIHRIST_INDEX: options.index });
await askInTurns({}, { rounds: 3 });
const { asked: again, bare: bareAgain } = await askInTurns({}, { rounds: 3 });
await service.stop();
await model.close();

const p50 = quantile(asked, 0.5);
const p95 = quantile(asked, 0.95);
const perCore = cpus().length / (bareP50 / 1_000);
const at16 = throughput.find(({ callers }) => callers === 16).perSecond;
const againRatio = quantile(again, 0.5) / quantile(bareAgain, 0.5);
report({
  title: describeMachine(load),
  json: options.json,
  data: { startMs, idleMb, busyMb, bareP50, p50, p95, filtered, throughput, againRatio },
  rows: [
    ['', 'ms', '÷ bare forward pass'],
    ['bare forward pass, p50', rounded(bareP50), '1'],
    ['question over HTTP, p50', rounded(p50), rounded(p50 / bareP50)],
    ['question over HTTP, p95', rounded(p95), rounded(p95 / bareP50)],
    ['question over HTTP, p99', rounded(quantile(asked, 0.99)), rounded(quantile(asked, 0.99) / bareP50)],
    ...filtered.flatMap(({ share, p50: middle, p95: late }) => [
      [`filter that keeps ${100 * share} %, p50`, rounded(middle), rounded(middle / bareP50)],
      [`filter that keeps ${100 * share} %, p95`, rounded(late), rounded(late / bareP50)],
    ]),
    ['asked again, p50', rounded(quantile(again, 0.5)), rounded(againRatio)],
    ...throughput.map(({ callers, perSecond }) => [
      `${callers} clients, answers a second`,
      rounded(perSecond),
      `${rounded(perSecond / perCore)} of cores ÷ forward pass`,
    ]),
    ['start to ready', rounded(startMs), ''],
    ['memory after start, MB', rounded(idleMb), ''],
    ['memory after the load, MB', rounded(busyMb), ''],
  ],
  figures: [
    wanted('question over HTTP ÷ bare forward pass, p50', p50 / bareP50, 1.8),
    wanted('p95 of questions ÷ p95 of bare forward passes', p95 / quantile(bare, 0.95), 2.5),
    wanted('asked again ÷ bare forward pass, p50', againRatio, 0.3),
    wanted('cores ÷ forward pass, over answers a second at 16 clients', perCore / at16, 1 / 0.6),
    wanted('start to ready, ms', startMs, 2_000),
    wanted('memory after the load, MB', busyMb, 1_200),
  ],
});
