// Measures Fihrist beside what else there is: node benchmarks/peers/compare.mjs DIR… [--questions N] [--indexing] [--page FILE]
// [--json]. README.md tells what is compared and how.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { replaceBetweenMarkers } from '../../dist/cli/replace-between-markers.js';
import { describeLoad, indexingTable, qualityTable, speedOf, speedTable } from './format-comparison.mjs';
import { measureIndexing, measureSet } from './measure-set.mjs';
import { PEERS, PYTHON } from './peer-list.mjs';

const ROUNDS = 3;
/** What the others are compared with. */
const REFERENCES = ['fihrist-http', 'fihrist'];

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    questions: { type: 'string' },
    indexing: { type: 'boolean', default: false },
    page: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const tell = (text) => process.stderr.write(`${text}\n`);
const stop = (text) => {
  tell(text);
  process.exit(2);
};

if (folders.length === 0) stop('DIR is missing: at least one folder in BEIR form.');
if (!existsSync(fileURLToPath(new URL('node_modules', import.meta.url)))) {
  stop('What Fihrist is compared with is not installed: run `npm ci` in benchmarks/peers.');
}
const questions = options.questions === undefined ? null : Number(options.questions);
if (questions !== null && !(Number.isInteger(questions) && questions > 0)) {
  stop(`--questions must be a whole number from 1, not ${options.questions}.`);
}
filledPage([]); // before the work, so that a page without markers does not cost it

const provenance = {
  machine: `${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  node: process.version,
  commit: execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim(),
  date: new Date().toISOString().slice(0, 10),
  load_before: loadavg()[0],
};
const compare = options.indexing ? compareIndexing : compareSearch;
let comparison;
for await (comparison of compare()) writePage(comparison.lines);
process.stdout.write(options.json ? `${JSON.stringify(comparison.data)}\n` : `${comparison.lines.join('\n')}\n`);

function filledPage(lines) {
  if (options.page === undefined) return null;
  const page = { path: options.page, text: readFileSync(options.page, 'utf8') };
  return replaceBetweenMarkers(page, options.indexing ? 'indexing' : 'peers', lines);
}

/** After every set, so that what was measured stays when a later one fails. */
function writePage(lines) {
  const filled = filledPage(lines);
  if (filled !== null) writeFileSync(options.page, filled);
}

/** Yields what is known after every set. */
async function* compareSearch() {
  const hasPython = existsSync(PYTHON);
  const peers = PEERS.filter(({ kind }) => kind !== 'python' || hasPython);
  const missing = PEERS.filter((peer) => !peers.includes(peer)).map(({ title }) => title);
  if (missing.length > 0) tell(`Without ${missing.join(', ')}: no virtual environment in benchmarks/peers.`);
  const sets = [];
  for (const folder of folders) {
    sets.push(await measureSet(folder, { peers, questions, tell }));
    yield describeSearch(sets, missing);
  }
}

function describeSearch(sets, missing) {
  const versions = Object.assign({}, ...sets[0].peers.map((peer) => peer.versions));
  const asked = sets.map(({ set, questions: count, passages }) => `${set}: ${count} questions, ${passages} passages`);
  return {
    data: { ...provenance, versions, sets: sets.map(setToJson) },
    lines: [
      ...describeRun(sets.map(({ load }) => load)),
      `Versions: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.`,
      ...(missing.length > 0 ? [`Not measured, because not installed: ${missing.join(', ')}.`] : []),
      '',
      `${asked.join('; ')}.`,
      '',
      'All questions:',
      '',
      ...qualityTable(sets, 'quality'),
      '',
      'Those on odd lines of queries.jsonl alone, by which nothing in Fihrist was chosen:',
      '',
      ...qualityTable(sets, 'heldOut'),
      '',
      ...speedTable(sets, REFERENCES),
    ],
  };
}

async function* compareIndexing() {
  const [fihrist, tutorial] = ['fihrist', 'tutorial'].map((name) => PEERS.find((peer) => peer.name === name));
  const sets = [];
  const loads = [];
  for (const folder of folders) {
    sets.push(await measureIndexing(folder, { fihrist, tutorial, rounds: ROUNDS, tell }));
    loads.push(loadavg()[0]);
    const data = { ...provenance, sets: sets.map(indexingToJson) };
    yield { data, lines: [...describeRun(loads), '', ...indexingTable(sets)] };
  }
}

function setToJson(measured) {
  const { set, passages, questions: asked, load, peers } = measured;
  return {
    set,
    passages,
    questions: asked,
    load,
    peers: peers.map(({ name, quality, heldOut }, i) => {
      const { passagesPerSecond, p50, p95 } = speedOf([measured], i);
      return { name, quality, held_out: heldOut, passages_per_second: passagesPerSecond, p50_ms: p50, p95_ms: p95 };
    }),
  };
}

function indexingToJson({ set, passages, texts, fihristMs, tutorialMs }) {
  return { set, passages, texts, fihrist_ms: fihristMs, tutorial_ms: tutorialMs };
}

function describeRun(loads) {
  const { machine, node, commit, date, load_before: loadBefore } = provenance;
  return [
    `Machine: ${machine}, Node ${node}. Commit: ${commit}. Date: ${date}.`,
    ...describeLoad({ before: loadBefore, during: loads, cores: cpus().length }),
  ];
}
