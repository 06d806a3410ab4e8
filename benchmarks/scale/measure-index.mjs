// Measures the vector index on vectors of real texts: node benchmarks/scale/measure-index.mjs DIR… [--passages 100000] [--json]
// Each DIR is searched for X.ar.txt and X.en.txt (a text a line) and for question sets in BEIR form (corpus.jsonl, queries.jsonl). Where there
// are fewer sentences than passages are asked for, the rest are two or more that follow one another, joined. All are embedded by the model,
// which takes minutes; the questions are searched for as the service does it, thread and back, and what is found is held
// against all vectors. Nothing else should run on the machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { openArchive } from '../../dist/compose.js';
import { readConfig } from '../../dist/config.js';
import { embedTexts } from '../../dist/embedding/embed-texts.js';
import { CANDIDATE_BLOCK } from '../../dist/search/find-candidates.js';
import { openExactVectorIndex } from '../../dist/vector-index/exact-vector-index.js';
import { describeMachine, quantile, report, rounded, wanted } from '../load/figures.mjs';
import { joinUpTo, readRealTexts } from './read-real-texts.mjs';

const QUESTIONS = 500;
const ROUNDS = 3;
const RANKS = 10;
const EMBEDDED_AT_ONCE = 256;
const TELL_EVERY_MS = 10_000;

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { passages: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
});
if (folders.length === 0) throw new Error('DIR is missing: folders of texts and question sets');
const passages = Number(options.passages);
if (!(Number.isInteger(passages) && passages > 0)) {
  throw new Error(`--passages must be a whole number from 1, not ${options.passages}`);
}
const load = loadavg()[0];
const tell = (text) => process.stderr.write(`${text}\n`);
const { sentences, questions } = await readRealTexts(folders, { questions: QUESTIONS });
const texts = joinUpTo(passages, sentences);

const folder = mkdtempSync(path.join(tmpdir(), 'fihrist-index-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
const archive = await openArchive({
  config: readConfig({ FIHRIST_INDEX: folder }),
  logger: pino({ level: 'warn' }, pino.destination(2)),
});
const { embedder, centring, index } = archive;
const { signal } = new AbortController();
const exact = openExactVectorIndex({ dimensions: embedder.dimensions });

const startedMs = performance.now();
let toldMs = startedMs;
let adding = Promise.resolve();
for (let first = 0; first < texts.length; first += EMBEDDED_AT_ONCE) {
  const some = texts.slice(first, first + EMBEDDED_AT_ONCE);
  const vectors = await embedTexts({ embedder, centring }, some, { role: 'passage', signal });
  const entries = vectors.map((vector, i) => ({ label: first + i, vector }));
  await adding;
  adding = Promise.all([index.add(entries), exact.add(entries)]);
  if (performance.now() - toldMs < TELL_EVERY_MS) continue;
  toldMs = performance.now();
  const perSecond = (1_000 * (first + some.length)) / (toldMs - startedMs);
  const left = (texts.length - first - some.length) / perSecond;
  tell(`${first + some.length} of ${texts.length} passages, ${perSecond.toFixed(0)} a second, ${left.toFixed(0)} s left`);
}
await adding;

tell(`searching ${questions.length} questions among ${await index.size()} passages …`);
const queries = await embedTexts({ embedder, centring }, questions, { role: 'query', signal });
const times = [];
const found = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [i, query] of queries.entries()) {
    const startMs = performance.now();
    found[i] = await index.search(query, { limit: CANDIDATE_BLOCK });
    times.push(performance.now() - startMs);
  }
}

tell('comparing with all vectors …');
let right = 0;
for (const [i, query] of queries.entries()) {
  const nearest = new Set((await exact.search(query, { limit: RANKS })).map(({ label }) => label));
  right += found[i].slice(0, RANKS).filter(({ label }) => nearest.has(label)).length;
}
await archive.close();

const recall = right / (queries.length * RANKS);
const [p50, p95] = [0.5, 0.95].map((share) => quantile(times, share));
report({
  title: describeMachine(load),
  json: options.json,
  data: { passages: texts.length, sentences: sentences.length, questions: questions.length, recall, p50, p95 },
  rows: [
    ['', ''],
    ['passages', texts.length.toLocaleString('en')],
    ['of them single sentences', Math.min(texts.length, sentences.length).toLocaleString('en')],
    ['questions', questions.length],
    [`recall@${RANKS}`, recall.toFixed(4)],
    ['search, p50 ms', rounded(p50)],
    ['search, p95 ms', rounded(p95)],
  ],
  figures: [wanted(`missed of the ${RANKS} nearest, share`, 1 - recall, 0.01), wanted('search, p50 ms', p50, 1)],
});
