// Measures the service on a large archive: node benchmarks/scale/measure.mjs --index FOLDER [--json]
// FOLDER is what build-archive.mjs made; its snapshots are removed and written anew. Every time is also given as a ratio to
// what it cannot be below, measured in the same run: the model's bare forward pass of the same questions (in turns with them), an
// express route that does nothing, a scan of all vectors. Nothing else should run on the machine.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../dist/config.js';
import { describeModel } from '../../dist/embedding/describe-model.js';
import { TransformersEmbedder } from '../../dist/embedding/transformers-embedder.js';
import { createAsker } from '../load/ask-search.mjs';
import { describeMachine, percentiles, quantile, readOptions, report, summarise } from '../load/figures.mjs';
import { measureCapacity, offerLoad, seededRandom } from '../load/offer-load.mjs';
import { askInTurns } from './ask-in-turns.mjs';
import { timeEmptyRoute, timeExactScan } from './floors.mjs';
import { SHARES, sentencesToAsk } from './generate-articles.mjs';
import { measureStages } from './measure-stages.mjs';
import { startService } from './running-service.mjs';
import { scaleFigures, scaleRows, scaleTable } from './scale-rows.mjs';
import { WORKLOADS } from './workloads.mjs';

const { rounds, closedLoop, openLoop } = WORKLOADS;
const WITHOUT_CACHES = { FIHRIST_QUERY_CACHE: '0', FIHRIST_RESULT_CACHE_MB: '0' };

const options = readOptions({ index: { type: 'string' } });
if (options.index === undefined) throw new Error('--index FOLDER is missing: an archive made by build-archive.mjs');
const tell = (text) => process.stderr.write(`${text}\n`);
const title = describeMachine(loadavg()[0]);
const settings = { FIHRIST_INDEX: options.index };
const config = readConfig(settings);
const model = await TransformersEmbedder.open({
  description: await describeModel(config.model, config.hubModel),
  threads: config.threads,
});

const questions = await measureQuestions();
const again = await measureAskedAgain();
tell('writing down where the time goes …');
const { startMs: thirdStartMs, stages } = await measureStages({ ...settings, ...WITHOUT_CACHES }, model, rounds);
tell('timing what nothing can be faster than …');
const { dimensions } = model;
const floors = {
  dimensions,
  emptyRouteMs: await timeEmptyRoute(),
  exactScanMs: await timeExactScan({ passages: questions.passages, dimensions }),
};
await model.close();
const snapshots = path.join(options.index, 'snapshots');
const disk = {
  databaseMb: inMb(path.join(options.index, 'fihrist.db')),
  snapshotMb: Math.max(...readdirSync(snapshots).map((file) => inMb(path.join(snapshots, file)))),
};
tell('starting without a snapshot …');
rmSync(snapshots, { recursive: true });
const rebuilding = await startService(settings);
await rebuilding.stop();

const data = {
  ...questions,
  startMs: quantile([questions.startMs, again.startMs, thirdStartMs], 0.5),
  startWithoutSnapshotMs: rebuilding.startMs,
  again,
  stages,
  floors,
  disk,
};
report({ title, json: options.json, data, rows: scaleTable(scaleRows(data)), figures: scaleFigures(data) });

/** One after the other, all and narrowed; then many at once, as fast as they can and as they come. */
async function measureQuestions() {
  tell('starting …');
  const service = await startService({ ...settings, ...WITHOUT_CACHES });
  const { startMs, url } = service;
  const idleMb = service.residentMb();
  const passages = await passagesOf(url);
  await service.quiet();
  tell('warming up …');
  await askInTurns(service, model, { rounds: rounds.warming });
  tell('asking one after the other …');
  const { asked, bare } = await askInTurns(service, model, { rounds: rounds.measured });
  tell('asking what nobody has asked …');
  const fresh = await askInTurns(service, model, { rounds: 1, questions: sentencesToAsk() });
  const filtered = [];
  for (const share of SHARES) {
    tell(`filter that keeps ${100 * share} % …`);
    const extra = { filters: { type: 'eq', key: 'tags', value: `share-${share}` } };
    filtered.push({ share, ...besides(await askInTurns(service, model, { rounds: 1, extra })) });
  }
  const asker = createAsker({ url, key: null });
  const throughput = [];
  for (const callers of closedLoop.clients) {
    tell(`${callers} clients …`);
    const capacity = await measureCapacity(asker, { callers, seconds: closedLoop.seconds });
    throughput.push({ callers, ...capacity });
  }
  const offered = [];
  const most = Math.max(...throughput.map(({ perSecond }) => perSecond));
  for (const share of openLoop.sharesOfCapacity) {
    tell(`${Math.round(share * most)} questions a second, whenever they come …`);
    const load = { perSecond: share * most, seconds: openLoop.seconds, random: seededRandom() };
    offered.push({ share, perSecond: load.perSecond, ...summarise(await offerLoad(asker, load)) });
  }
  asker.close();
  const busyMb = service.residentMb();
  await service.stop();
  return {
    passages,
    startMs,
    idleMb,
    busyMb,
    bare: percentiles(bare),
    asked: percentiles(asked),
    fresh: besides(fresh),
    filtered,
    throughput,
    offered,
  };
}

async function measureAskedAgain() {
  tell('asking again …');
  const service = await startService(settings);
  await service.quiet();
  await askInTurns(service, model, { rounds: rounds.measured });
  const { asked, bare } = await askInTurns(service, model, { rounds: rounds.measured });
  await service.stop();
  return { startMs: service.startMs, p50: quantile(asked, 0.5), bareP50: quantile(bare, 0.5) };
}

/** Times of what was asked, and the forward pass that they were asked in turns with. */
function besides({ asked, bare }) {
  return { asked: percentiles(asked), bareP50: quantile(bare, 0.5) };
}

async function passagesOf(url) {
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  return Number(/^fihrist_index_vectors (\d+)$/m.exec(metrics)[1]);
}

function inMb(file) {
  return statSync(file).size / 2 ** 20;
}
