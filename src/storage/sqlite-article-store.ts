import type { ArticleId } from '../domain/article.js';
import type { PassageId } from '../domain/passage.js';
import type {
  ArticleStatesOptions,
  ArticleStore,
  ArticleStoreWriter,
  ArticlesOptions,
  LabelsOptions,
  StoredArticleInput,
} from './article-store.js';
import type { LexicalQuery, LexicalSearchOptions } from './lexical-index.js';
import {
  openSqliteArticleReader,
  type SqliteArticleReader,
  type SqliteArticleReaderOptions,
} from './sqlite-article-reader.js';
import { openSqliteArticleWriter, type SqliteArticleWriterOptions } from './sqlite-article-writer.js';

/**
 * Opens the store of an index folder: one file, fihrist.db, made when missing. Only one process at a time writes.
 * Reads run here, writes in a thread of their own; a write that has resolved is seen by every later read.
 * @throws STORE_LOCKED, STORE_READ_ONLY, STORE_UNUSABLE, STORE_NEWER_SCHEMA, DISK_FULL (operator)
 */
export async function openSqliteArticleStore(
  options: SqliteArticleWriterOptions & SqliteArticleReaderOptions,
): Promise<ArticleStore> {
  const writer = await openSqliteArticleWriter(options);
  try {
    return new SqliteArticleStore(openSqliteArticleReader(options), writer);
  } catch (error) {
    await writer.close();
    throw error;
  }
}

class SqliteArticleStore implements ArticleStore {
  readonly #reader: SqliteArticleReader;
  readonly #writer: ArticleStoreWriter;

  constructor(reader: SqliteArticleReader, writer: ArticleStoreWriter) {
    this.#reader = reader;
    this.#writer = writer;
  }

  article(id: ArticleId) {
    return this.#reader.article(id);
  }

  articles(options: ArticlesOptions) {
    return this.#reader.articles(options);
  }

  articleState(id: ArticleId) {
    return this.#reader.articleState(id);
  }

  isArticleWhole(id: ArticleId) {
    return this.#reader.isArticleWhole(id);
  }

  articleStates(options?: ArticleStatesOptions) {
    return this.#reader.articleStates(options);
  }

  labels(options: LabelsOptions) {
    return this.#reader.labels(options);
  }

  rankingRows(labels: readonly number[]) {
    return this.#reader.rankingRows(labels);
  }

  findByWords(query: LexicalQuery, options: LexicalSearchOptions) {
    return this.#reader.findByWords(query, options);
  }

  lexicalStatistics(stems: readonly string[], options: { fingerprint: string }) {
    return this.#reader.lexicalStatistics(stems, options);
  }

  passageRecords(labels: readonly number[]) {
    return this.#reader.passageRecords(labels);
  }

  passageVector(id: PassageId, options: { fingerprint: string }) {
    return this.#reader.passageVector(id, options);
  }

  embeddings(options: { fingerprint: string; after?: number; limit: number }) {
    return this.#reader.embeddings(options);
  }

  generation() {
    return this.#reader.generation();
  }

  openings() {
    return this.#reader.openings();
  }

  stats() {
    return this.#reader.stats();
  }

  forget() {
    this.#reader.forget();
  }

  knownEmbeddings(articleId: ArticleId, fingerprint: string, texts: readonly string[]) {
    return this.#writer.knownEmbeddings(articleId, fingerprint, texts);
  }

  knownTitleEmbedding(articleId: ArticleId, fingerprint: string, title: string) {
    return this.#writer.knownTitleEmbedding(articleId, fingerprint, title);
  }

  putArticle(input: StoredArticleInput) {
    return this.#writer.putArticle(input);
  }

  removeArticles(ids: readonly ArticleId[], options?: { ofSource?: string }) {
    return this.#writer.removeArticles(ids, options);
  }

  mend() {
    return this.#writer.mend();
  }

  get tasks() {
    return this.#writer.tasks;
  }

  /** The reader goes first: the last connection to leave puts the write-ahead log into the database file. */
  async close(): Promise<void> {
    this.#reader.close();
    await this.#writer.close();
  }
}
