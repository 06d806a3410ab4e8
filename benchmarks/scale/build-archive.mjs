// Builds a large archive for `measure.mjs`: node benchmarks/scale/build-archive.mjs --passages 100000 --index FOLDER [--json]
// The sample archive is in it, embedded by the model; the rest is generated, with vectors of real texts plus noise.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { articleSourceOf, openArchive } from '../../dist/compose.js';
import { readConfig } from '../../dist/config.js';
import { ArticleLocks } from '../../dist/ingest/article-locks.js';
import { writeArticles } from '../../dist/ingest/write-articles.js';
import { API_SOURCE, CORPUS_SOURCE } from '../../dist/serve.js';
import { fitLine, outerThirds } from '../soak/memory-trend.mjs';
import { generateArticles } from './generate-articles.mjs';
import { createNoisyEmbedder } from './noisy-embedder.mjs';

const { values: options } = parseArgs({
  options: {
    passages: { type: 'string', default: '100000' },
    index: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
if (options.index === undefined) throw new Error('--index FOLDER is missing: where the archive is to be built');
const passages = Number(options.passages);
const config = readConfig({ FIHRIST_INDEX: options.index });
const archive = await openArchive({ config, logger: pino({ level: 'warn' }, pino.destination(2)) });
await archive.ingest(articleSourceOf(config.corpus), { sourceName: CORPUS_SOURCE });

const texts = [];
for (const { id } of await archive.store.articleStates()) {
  for (const { text } of (await archive.store.article(id))?.passages ?? []) texts.push(text);
}
const vectors = await archive.embedder.embedPassages(texts);
const dependencies = {
  embedder: createNoisyEmbedder(archive.embedder, vectors),
  centring: archive.centring,
  store: archive.store,
  index: archive.index,
  locks: new ArticleLocks(),
};
const MB = 2 ** 20;
const SAMPLE_MS = 500;
const startedAt = performance.now();
let articles = 0;
/** Resident memory by passages in the index. */
const samples = [];
const sample = async () => {
  samples.push({ x: await archive.index.size(), y: process.memoryUsage.rss() });
};
await sample();
const sampling = setInterval(() => void sample(), SAMPLE_MS);
const total = Math.ceil(passages / 8);
const tell = () => {
  const seconds = (performance.now() - startedAt) / 1_000;
  const rate = articles / seconds;
  process.stderr.write(
    `${articles} of ${total} articles, ${(rate * 8).toFixed(0)} passages/s, ${((total - articles) / rate).toFixed(0)} s left\n`,
  );
};
const telling = setInterval(tell, 10_000);
async function* given() {
  let index = 0;
  for (const article of generateArticles({ passages })) {
    yield { index, article: { ...article, origin: { file: 'generated', line: index + 1 } } };
    index += 1;
  }
}
await writeArticles(given(), dependencies, {
  sourceName: API_SOURCE,
  onResult: ({ status, error }) => {
    if (status === 'failed') throw error;
    articles += 1;
  },
});
clearInterval(telling);
clearInterval(sampling);
const seconds = (performance.now() - startedAt) / 1_000;
await sample();
tell();
tellMemory();
if (options.json) {
  const peakMb = Math.max(...samples.map(({ y }) => y)) / MB;
  process.stdout.write(`${JSON.stringify({ perSecond: passages / seconds, peakMb })}\n`);
}
await archive.close();

/** What grows with the archive is the index, by as much a passage all the way; more in the last third is something else. */
function tellMemory() {
  const { first, last } = outerThirds(samples);
  const peak = Math.max(...samples.map(({ y }) => y));
  const inMb = (bytes) => (bytes / MB).toFixed(0);
  const told = (name, third) => {
    const { slope, mean } = fitLine(third);
    return `${name} third: ${inMb(mean)} MB on average, ${(slope / 1_024).toFixed(2)} KB more a passage`;
  };
  process.stderr.write(
    `resident memory: ${inMb(samples[0].y)} MB before, ${inMb(samples.at(-1).y)} MB after, ${inMb(peak)} MB at most\n` +
      `${told('first', first)}\n${told('last', last)}\n`,
  );
}
