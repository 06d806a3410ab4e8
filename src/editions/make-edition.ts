import path from 'node:path';
import type { Embedder } from '../embedding/embedder.js';
import { type CatchUpReport, catchUp } from '../ingest/catch-up.js';
import type { IngestProgress } from '../ingest/ingest-report.js';
import type { ArticleStore, ArticleStoreReader } from '../storage/article-store.js';
import { beginEdition, type CopyingProgress, type EditionModel } from './begin-edition.js';
import { type Edition, findEdition } from './list-editions.js';

/** What opens the parts of an archive that is in a folder. */
export interface EditionParts {
  readonly openStore: (folder: string) => Promise<ArticleStore>;
  readonly openReader: (folder: string) => ArticleStoreReader & { close(): void };
  readonly openEmbedder: () => Promise<Embedder>;
}

export interface MakeEditionOptions extends EditionParts {
  readonly indexFolder: string;
  readonly model: EditionModel;
  /** Makes the vector index of a store and writes it down. */
  readonly publishIndex: (folder: string, store: ArticleStoreReader, embedder: Embedder) => Promise<void>;
  readonly onProgress?: (progress: CopyingProgress | IngestProgress) => void;
  readonly signal?: AbortSignal;
}

/** @returns What was done; `edition` null when the archive that is served is of this model already. */
export interface MadeEdition extends CatchUpReport {
  readonly edition: Edition | null;
}

/**
 * Makes the edition of another model beside the archive that is served, or brings the one that is there up to it: a
 * copy, everything embedded, then what was changed meanwhile, until nothing is left. Others may serve the archive and
 * write to it. Whatever interrupts it, the next call goes on; only one at a time.
 *
 * @throws as beginEdition and catchUp; STORE_* (operator)
 * Cost: the model's forward pass for every text; room beside the archive for another one of its size.
 */
export async function makeEdition(options: MakeEditionOptions): Promise<MadeEdition> {
  const { indexFolder, model, signal, onProgress } = options;
  const { fingerprint } = model;
  if (await isServed(options)) return { ...NOTHING_DONE, edition: null };
  if (findEdition(indexFolder, fingerprint) === null) {
    await beginEdition({ indexFolder, model, onProgress, signal });
  }
  const place = findEdition(indexFolder, fingerprint)?.place ?? 'next';
  const report = await bringUp(path.join(indexFolder, place), options);
  return { ...report, edition: findEdition(indexFolder, fingerprint) };
}

const NOTHING_DONE: CatchUpReport = { written: 0, removed: 0, textsEmbedded: 0 };

async function bringUp(folder: string, options: MakeEditionOptions): Promise<CatchUpReport> {
  const { indexFolder, model, signal, onProgress } = options;
  const to = await options.openStore(folder);
  try {
    const from = options.openReader(indexFolder);
    try {
      const embedder = await options.openEmbedder();
      const parts = { from, to, fingerprint: model.fingerprint, openEmbedder: async () => embedder };
      const how = {
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onProgress }),
      };
      const first = await untilNothingIsLeft(() => catchUp(parts, how));
      signal?.throwIfAborted();
      await options.publishIndex(folder, to, embedder);
      // The index has taken a while. What is written from here on it takes in when the edition is opened.
      return sumOf(first, await untilNothingIsLeft(() => catchUp(parts, how)));
    } finally {
      from.close();
    }
  } finally {
    await to.close();
  }
}

async function untilNothingIsLeft(work: () => Promise<CatchUpReport>): Promise<CatchUpReport> {
  let total = NOTHING_DONE;
  for (;;) {
    const report = await work();
    total = sumOf(total, report);
    if (report.written + report.removed === 0) return total;
  }
}

function sumOf(a: CatchUpReport, b: CatchUpReport): CatchUpReport {
  return {
    written: a.written + b.written,
    removed: a.removed + b.removed,
    textsEmbedded: a.textsEmbedded + b.textsEmbedded,
  };
}

async function isServed({ indexFolder, openReader, model }: MakeEditionOptions): Promise<boolean> {
  const reader = openReader(indexFolder);
  try {
    return (await reader.articleStates({ otherThan: model.fingerprint })).length === 0;
  } finally {
    reader.close();
  }
}
