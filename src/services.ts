import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import type { CliArchive, CliServices, PreviewItem } from './cli/cli-services.js';
import {
  type Archive,
  type ArchiveReader,
  articleSourceOf,
  openArchive,
  openArchiveReader,
} from './compose.js';
import type { Config } from './config.js';
import { cleanArticle } from './corpus/clean-article.js';
import { FihristError } from './domain/errors.js';
import { readArchiveQuestions } from './evaluation/archive-questions.js';
import { evaluateFolder } from './evaluation/evaluate-folder.js';
import { evaluateQuestions } from './evaluation/evaluate-questions.js';
import { splitArticle } from './passages/split-article.js';
import { CORPUS_SOURCE, serve } from './serve.js';
import { verifyStore } from './storage/verify-store.js';

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
    openArchive: async (access) =>
      access === 'write'
        ? writableArchive(await openArchive(options), config)
        : readableArchive(await openArchiveReader(options)),
    previewFile,
    verify: () => verifyStore(path.resolve(config.indexFolder)),
    evaluate: (folder, onProgress, signal) =>
      inTemporaryArchive(options, (archive) =>
        evaluateFolder(
          folder,
          {
            ingest: (source, onIngest) =>
              archive.ingest(source, { sourceName: 'evaluation', onProgress: onIngest, signal }),
            search: (query, depth) => hitsOf(archive, query, depth, signal),
            signal,
          },
          onProgress,
        ),
      ),
    evaluateQuestions: async ({ files, corpus }, onProgress, signal) => {
      const questions = await readArchiveQuestions(files);
      const ask = (archive: ArchiveReader) =>
        evaluateQuestions(
          questions,
          { search: (query, depth) => hitsOf(archive, query, depth, signal), signal },
          (progress) => onProgress({ phase: 'asking', ...progress }),
        );
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
    },
  };
}

async function hitsOf(archive: ArchiveReader, query: string, depth: number, signal: AbortSignal) {
  const { hits } = await archive.search({ query, limit: depth, offset: 0 }, signal);
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

function readableArchive(archive: ArchiveReader): CliArchive {
  return {
    search: archive.search,
    ingest: async () => {
      throw new FihristError('STORE_READ_ONLY', 'The archive was opened for reading only.');
    },
    stats: async () => ({
      ...(await archive.store.stats()),
      modelFingerprint: archive.embedder.fingerprint,
      index: { size: await archive.index.size(), dimensions: archive.index.dimensions },
    }),
    close: () => archive.close(),
  };
}

function writableArchive(archive: Archive, config: Config): CliArchive {
  return {
    ...readableArchive(archive),
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
