import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { rankingMetrics } from '../../dist/evaluation/ranking-metrics.js';
import { readBeirFolder } from '../../dist/evaluation/read-beir-folder.js';
import { meanOf, meansByName } from '../../dist/evaluation/summarise-measures.js';
import { describeServiceModel, openModel } from './model.mjs';
import { PeerProcess } from './peer-process.mjs';
import { openingWords, pickEvenly, takeTurns } from './pick-questions.mjs';
import { readDocuments } from './read-documents.mjs';

const BLOCK_SIZE = 20;
const MEASURES = ['ndcg@10', 'recall@10'];
const WARMING = { count: 200, words: 8 };

/**
 * Indexes a set with every peer, one after the other, then asks them all its questions in turns.
 * @param {{ peers: object[], questions: number | null, tell: (text: string) => void }} options
 * @returns Of each peer in order: nDCG@10 and recall@10, milliseconds of indexing (null: it asked another's archive) and of
 *   every question.
 */
export async function measureSet(setFolder, { peers, questions: count, tell }) {
  const beir = await readBeirFolder(setFolder);
  const set = path.basename(path.resolve(setFolder));
  return inTemporaryFolder(async (folder) => {
    const documents = readDocuments(beir.corpusFile);
    tell(`${set}: vectors of ${documents.length} passages …`);
    const { embeddedMs, ...vectors } = await writeVectors(documents, folder);
    const open = [];
    try {
      for (const peer of peers) {
        tell(`${set}: ${peer.title} indexes …`);
        open.push({ ...peer, ...(await openAndIndex(peer, { ...vectors, corpusFile: beir.corpusFile, folder })) });
      }
      const questions = pickEvenly(beir.queries, count);
      tell(`${set}: ${questions.length} questions …`);
      const warming = openingWords(documents.map(({ text }) => text), WARMING);
      for (const { process } of open) await process.ask(warming);
      const loads = [];
      for (const { peer, questions: asked } of takeTurns(questions, { peers: open.length, blockSize: BLOCK_SIZE })) {
        open[peer].answers.push(...(await open[peer].process.ask(asked.map(({ text }) => text))));
        loads.push(loadavg()[0]);
      }
      return {
        set,
        passages: documents.length,
        questions: questions.length,
        load: meanOf(Float64Array.from(loads)),
        peers: open.map(({ name, title, archiveOf, versions, indexed, answers }) => ({
          name,
          title,
          versions,
          indexMs: archiveOf === undefined ? indexed.ms + (indexed.givenVectors ? embeddedMs : 0) : null,
          times: answers.map(({ ms }) => ms),
          ...qualityOf(answers, questions),
        })),
      };
    } finally {
      for (const { process } of open) await process.close();
    }
  });
}

/**
 * Indexes a set anew in every round, by Fihrist (with the vectors of its sentences) and as the tutorial does it (passages
 * only), in turns and in fresh processes.
 */
export async function measureIndexing(setFolder, { fihrist, tutorial, rounds, tell }) {
  const { corpusFile } = await readBeirFolder(setFolder);
  const set = path.basename(path.resolve(setFolder));
  const passages = readDocuments(corpusFile).length;
  const [fihristMs, tutorialMs] = [[], []];
  let texts = 0;
  for (let round = 1; round <= rounds; round += 1) {
    for (const peer of [fihrist, tutorial]) {
      tell(`${set}: round ${round} of ${rounds}, ${peer.title} …`);
      const { indexed } = await inTemporaryFolder(async (folder) => {
        const opened = await openAndIndex({ ...peer, archiveOf: undefined }, { corpusFile, folder, ...(await modelFacts()) });
        await opened.process.close();
        return opened;
      });
      (peer === fihrist ? fihristMs : tutorialMs).push(indexed.ms);
      texts = indexed.texts ?? texts;
    }
  }
  return { set, passages, texts, fihristMs, tutorialMs };
}

async function openAndIndex(peer, { folder, ...options }) {
  const own = path.join(folder, peer.name);
  await mkdir(own);
  const process = new PeerProcess(peer);
  const archiveOf = peer.archiveOf === undefined ? null : path.join(folder, peer.archiveOf);
  const { versions } = await process.open({ ...options, folder: own, archiveOf });
  return { process, versions, indexed: await process.index(), answers: [] };
}

async function modelFacts() {
  const { description, threads } = await describeServiceModel();
  return { modelFolder: description.location.folder, dimensions: description.dimensions, threads };
}

/** The vectors that are given to those who take vectors, and how long the model took for them. */
async function writeVectors(documents, folder) {
  const model = await openModel();
  const startedAt = performance.now();
  const vectors = [];
  for (const { text } of documents) vectors.push(await model.embed('passage', text));
  const embeddedMs = performance.now() - startedAt;
  await model.close();
  const vectorsFile = path.join(folder, 'vectors.f32');
  await writeFile(vectorsFile, Buffer.concat(vectors.map((vector) => Buffer.from(vector.buffer))));
  return { embeddedMs, vectorsFile, ...(await modelFacts()) };
}

/** Of all questions, and of those on odd lines: nothing in Fihrist was chosen by these. Null where there are none. */
function qualityOf(answers, questions) {
  const measured = answers.map(({ ids }, i) => ({
    line: questions[i].line,
    metrics: rankingMetrics([...new Set(ids)], questions[i].judgements),
  }));
  const odd = measured.filter(({ line }) => line % 2 === 1);
  const means = (some) => (some.length === 0 ? null : meansByName(MEASURES, some));
  return { quality: means(measured), heldOut: means(odd) };
}

async function inTemporaryFolder(work) {
  const folder = await mkdtemp(path.join(tmpdir(), 'fihrist-peers-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
