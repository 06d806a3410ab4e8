import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import { answerQuestion } from './answer/answer-question.js';
import { wholeAnswer } from './answer/whole-answer.js';
import type { CliArchive, CliServices, PreviewItem, QuestionEvaluationProgress } from './cli/cli-services.js';
import {
  type Archive,
  type ArchiveReader,
  articleSourceOf,
  openArchive,
  openArchiveReader,
  openKeys,
} from './compose.js';
import type { Config } from './config.js';
import { cleanArticle } from './corpus/clean-article.js';
import { FihristError } from './domain/errors.js';
import { listEditions } from './editions/list-editions.js';
import { readArchiveQuestions } from './evaluation/archive-questions.js';
import { evaluateAnswers } from './evaluation/evaluate-answers.js';
import { type EvaluationSearch, evaluateFolder } from './evaluation/evaluate-folder.js';
import { evaluateQuestions, refuseOtherQuestions } from './evaluation/evaluate-questions.js';
import { readReferences } from './evaluation/evaluation-references.js';
import { measureAblations } from './evaluation/measure-ablations.js';
import { recordQuestions } from './evaluation/tuning/record-questions.js';
import { tuneWeights } from './evaluation/tuning/tune-weights.js';
import { STARTING_WEIGHTS } from './evaluation/tuning/weight-knobs.js';
import { createKey } from './keys/create-key.js';
import type { KeyStore } from './keys/key-store.js';
import { revokeKey } from './keys/revoke-key.js';
import { splitArticle } from './passages/split-article.js';
import { FEATURES, type RankingWeights, withoutFeature } from './search/ranking-weights.js';
import { SEARCH_DEFAULTS, type SearchRequest } from './search/search-request.js';
import { TUNED_WEIGHTS } from './search/tuned-weights.js';
import { CORPUS_SOURCE, serve } from './serve.js';
import { upkeepServices } from './upkeep-services.js';

export interface ServicesOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly version: string;
}

/** What the commands can do, on this program's parts. */
export function createCliServices(options: ServicesOptions): CliServices {
  const { config, version } = options;
  return {
    version,
    serve: ({ host, port, onListening, onProgress, signal }) =>
      serve({
        ...options,
        config: {
          ...config,
          ...(host === undefined ? {} : { host }),
          ...(port === undefined ? {} : { port }),
        },
        onReady: onListening,
        signal,
        ...(onProgress === undefined ? {} : { onProgress }),
      }),
    // What one command alone needs is read when it is given: a service would keep its megabytes.
    serveMcp: async (signal) => (await import('./serve-mcp.js')).serveMcp(options, signal),
    openArchive: async (access) =>
      access === 'write'
        ? writableArchive(await openArchive(options), config)
        : readableArchive(await openArchiveReader(options), config),
    previewFile,
    ...upkeepServices(options),
    createKey: (request) => withKeys(config, (keys) => createKey(keys, request, Date.now())),
    listKeys: () => withKeys(config, (keys) => keys.list()),
    revokeKey: (id) => withKeys(config, (keys) => revokeKey(keys, id, Date.now())),
    evaluate: async ({ folder, modes, ...files }, onProgress, signal) => {
      const references = await readReferences(files);
      return inTemporaryArchive(options, (archive) =>
        evaluateFolder(
          { folder, modes, references },
          {
            ingest: (source, onIngest) =>
              archive.ingest(source, { sourceName: 'evaluation', onProgress: onIngest, signal }),
            search: (search) => hitsOf(archive, search, signal),
            provenance: { modelFingerprint: archive.embedder.fingerprint, programVersion: version },
            signal,
          },
          onProgress,
        ),
      );
    },
    evaluateQuestions: async ({ files, corpus, modes, ...referenceFiles }, onProgress, signal) => {
      const set = {
        name: files.map((file) => path.parse(file).name).join('+'),
        questions: await readArchiveQuestions(files),
        modes,
        references: await readReferences(referenceFiles),
      };
      refuseOtherQuestions(set);
      const ask = (archive: ArchiveReader) =>
        evaluateQuestions(
          set,
          {
            search: (search) => hitsOf(archive, search, signal),
            provenance: { modelFingerprint: archive.embedder.fingerprint, programVersion: version },
            signal,
          },
          (progress) => onProgress({ phase: 'asking', ...progress }),
        );
      return askedArchive(options, { corpus, onProgress, signal }, ask);
    },
    evaluateAnswers: async ({ files, corpus }, onProgress, signal) => {
      const questions = await readArchiveQuestions(files);
      return askedArchive(options, { corpus, onProgress, signal }, (archive) => {
        const answering = {
          search: (request: SearchRequest, abort: AbortSignal) => archive.search(request, { signal: abort }),
          chatModel: null,
          onModelFailure: () => {},
        };
        return evaluateAnswers(
          questions,
          {
            answer: (question) => wholeAnswer(answerQuestion(answering, { question, history: [] }, signal)),
            signal,
          },
          (progress) => onProgress({ phase: 'asking', ...progress }),
        );
      });
    },
    tuneWeights: async (folders, onProgress, signal) => {
      const { modelFingerprint, results } = await inTemporaryArchives(options, folders, (archive, folder) =>
        recordQuestions(
          folder,
          {
            ingest: (source, onIngest) =>
              archive.ingest(source, { sourceName: 'evaluation', onProgress: onIngest, signal }),
            record: (query) => archive.record(query, STARTING_WEIGHTS, signal),
            signal,
          },
          onProgress,
        ),
      );
      const tuned = await tuneWeights(results, STARTING_WEIGHTS, {
        signal,
        onProgress: (progress) => onProgress({ phase: 'choosing', ...progress }),
      });
      return { modelFingerprint, ...tuned };
    },
    measureAblations: async (folders, onProgress, signal) => {
      const { modelFingerprint, results } = await inTemporaryArchives(options, folders, (archive, folder) =>
        measureAblations(
          folder,
          {
            features: FEATURES,
            ingest: (source, onIngest) =>
              archive.ingest(source, { sourceName: 'evaluation', onProgress: onIngest, signal }),
            search: ({ query, depth, without }) => {
              const search = { query, depth, mode: SEARCH_DEFAULTS.mode };
              return hitsOf(archive, search, signal, withoutFeature(TUNED_WEIGHTS, without));
            },
            signal,
          },
          onProgress,
        ),
      );
      return { modelFingerprint, sets: results };
    },
  };
}

async function withKeys<Result>(config: Config, work: (keys: KeyStore) => Promise<Result>): Promise<Result> {
  const keys = await openKeys(config);
  return work(keys).finally(() => keys.close());
}

/** The current archive; with `corpus`, one of these articles that is gone afterwards. */
async function askedArchive<Result>(
  options: ServicesOptions,
  asked: {
    readonly corpus: string | undefined;
    readonly onProgress: (progress: QuestionEvaluationProgress) => void;
    readonly signal: AbortSignal;
  },
  ask: (archive: ArchiveReader) => Promise<Result>,
): Promise<Result> {
  const { corpus, onProgress, signal } = asked;
  if (corpus === undefined) {
    const archive = await openArchiveReader(options);
    return ask(archive).finally(() => archive.close());
  }
  return inTemporaryArchive(options, async (archive) => {
    const { problems } = await archive.ingest(articleSourceOf(corpus), {
      sourceName: 'evaluation',
      onProgress: (ingest) => onProgress({ phase: 'indexing', ingest }),
      signal,
    });
    for (const problem of problems) options.logger.warn(problem, 'left out');
    return ask(archive);
  });
}

async function hitsOf(
  archive: ArchiveReader,
  { query, depth, mode }: EvaluationSearch,
  signal: AbortSignal,
  weights: RankingWeights = TUNED_WEIGHTS,
) {
  const request = { ...SEARCH_DEFAULTS, query, limit: depth, mode };
  const { hits } = await archive.searchBy(weights, request, { signal });
  return hits;
}

/** An archive in a folder of its own that is gone afterwards, whatever happens. */
async function inTemporaryArchive<Result>(
  { config, logger }: ServicesOptions,
  work: (archive: Archive) => Promise<Result>,
): Promise<Result> {
  const indexFolder = await mkdtemp(path.join(tmpdir(), 'fihrist-evaluation-'));
  try {
    const archive = await openArchive({ config: { ...config, indexFolder }, logger });
    return await work(archive).finally(() => archive.close());
  } finally {
    await rm(indexFolder, { recursive: true, force: true });
  }
}

/** One after the other, each in an archive of its own. @param folders  At least one. */
async function inTemporaryArchives<Result>(
  options: ServicesOptions,
  folders: readonly string[],
  work: (archive: Archive, folder: string) => Promise<Result>,
): Promise<{ modelFingerprint: string; results: Result[] }> {
  const results: Result[] = [];
  let modelFingerprint = '';
  for (const folder of folders) {
    await inTemporaryArchive(options, async (archive) => {
      modelFingerprint = archive.embedder.fingerprint;
      results.push(await work(archive, folder));
    });
  }
  return { modelFingerprint, results };
}

function readableArchive(archive: ArchiveReader, { indexFolder }: Config): CliArchive {
  return {
    search: (request, signal) => archive.search(request, { signal }),
    related: archive.related,
    ingest: async () => {
      throw new FihristError('STORE_READ_ONLY', 'The archive was opened for reading only.');
    },
    stats: async () => ({
      ...(await archive.store.stats()),
      modelFingerprint: archive.embedder.fingerprint,
      index: { size: await archive.index.size(), dimensions: archive.index.dimensions },
      editions: listEditions(path.resolve(indexFolder)),
    }),
    close: () => archive.close(),
  };
}

function writableArchive(archive: Archive, config: Config): CliArchive {
  return {
    ...readableArchive(archive, config),
    ingest: (place, onProgress, signal) =>
      archive.ingest(articleSourceOf(place), { sourceName: sourceNameOf(place, config), onProgress, signal }),
  };
}

/** The configured corpus is the collection that the service keeps, also when it is named by hand. */
function sourceNameOf(place: string, config: Config): string {
  const resolved = path.resolve(place);
  return resolved === path.resolve(config.corpus) ? CORPUS_SOURCE : resolved;
}

async function* previewFile(place: string): AsyncIterable<PreviewItem> {
  for await (const item of articleSourceOf(place).articles()) {
    if (item.kind === 'problem') {
      yield { problem: item.error };
      continue;
    }
    try {
      const article = cleanArticle(item.article);
      yield { article, passages: splitArticle(article) };
    } catch (error) {
      if (!(error instanceof FihristError)) throw error;
      yield { problem: error };
    }
  }
}
