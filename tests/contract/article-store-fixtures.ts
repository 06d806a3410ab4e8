import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import type { Language } from '../../src/domain/language.js';
import { asPassageId, type TextSpan } from '../../src/domain/passage.js';
import type { ArticleStore, EmbeddedPassage, StoredArticleInput } from '../../src/storage/article-store.js';
import { openMemoryArticleStore } from '../../src/storage/memory-article-store.js';
import { openSqliteArticleStore } from '../../src/storage/sqlite-article-store.js';
import type { SqliteArticleWriterOptions } from '../../src/storage/sqlite-article-writer.js';

/** The compiled thread: tests run from sources, threads from what was built. */
export const WRITER_WORKER = new URL('../../dist/storage/sqlite-writer-worker.js', import.meta.url);

export const DIMENSIONS = 12;

export interface StoreAdapter {
  readonly name: string;
  open(folder: string): Promise<ArticleStore>;
}

export const STORE_ADAPTERS: readonly StoreAdapter[] = [
  { name: 'memory', open: async () => openMemoryArticleStore() },
  { name: 'sqlite', open: (folder) => openSqlite(folder) },
];

export function openSqlite(
  folder: string,
  options: Pick<SqliteArticleWriterOptions, 'maxSizeBytes' | 'onWrite'> = {},
): Promise<ArticleStore> {
  return openSqliteArticleStore({ ...options, folder, workerFile: WRITER_WORKER });
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'fihrist-store-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Opens a store in a folder of its own before each test, and takes both away after it. */
export function useStore(adapter: StoreAdapter, use: (store: ArticleStore) => void): void {
  let folder: string;
  let store: ArticleStore;

  beforeEach(async () => {
    folder = makeFolder();
    store = await adapter.open(folder);
    use(store);
  });

  afterEach(async () => {
    await store.close();
    removeFolder(folder);
  });
}

/** A unit vector that depends on `seed` alone. */
export function vectorOf(seed: string, dimensions = DIMENSIONS): Float32Array {
  let state = 7;
  for (const char of seed) state = (state * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  const vector = Float32Array.from({ length: dimensions }, (_, i) => Math.sin((state || 1) * (i + 1) * 0.37));
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

export function spansOf(text: string): TextSpan[] {
  const spans = [...text.matchAll(/[^.]+\.?/g)].map((match) => {
    const blanks = match[0].length - match[0].trimStart().length;
    return { start: match.index + blanks, end: match.index + match[0].length };
  });
  return spans.filter((span) => span.end > span.start);
}

export interface ArticleSketch {
  readonly id: string;
  readonly texts: readonly string[];
  readonly language?: Language;
  readonly fingerprint?: string;
  readonly title?: string;
  readonly source?: string;
  readonly contentHash?: string;
  readonly dimensions?: number;
}

/** A stored article from a few words: one passage a text, sentences end at full stops. */
export function sketchArticle(sketch: ArticleSketch): StoredArticleInput {
  const { id, texts, language = 'en', fingerprint = 'model-a', dimensions = DIMENSIONS } = sketch;
  const articleId = asArticleId(id);
  const passages = texts.map((text, ordinal): EmbeddedPassage => {
    const sentences = spansOf(text);
    const vector = (part: string) => vectorOf(`${fingerprint} ${part}`, dimensions);
    return {
      passage: { id: asPassageId(`${id}:${text}`), articleId, ordinal, text, language, sentences },
      embedding: vector(text),
      sentenceEmbeddings:
        sentences.length > 1 ? sentences.map(({ start, end }) => vector(text.slice(start, end))) : [],
    };
  });
  return {
    article: {
      id: articleId,
      title: sketch.title ?? `Title of ${id}`,
      language,
      tags: ['one', 'وسم'],
      origin: { file: `${id}.txt` },
      paragraphs: [],
      dropped: [{ reason: 'share', text: 'Share this', line: 9 }],
    },
    source: sketch.source ?? 'corpus',
    contentHash: sketch.contentHash ?? `hash of ${texts.join('|')}`,
    passages,
    titleEmbedding: sketch.title === '' ? null : vectorOf(`${fingerprint} ${sketch.title ?? id}`, dimensions),
    fingerprint,
  };
}
