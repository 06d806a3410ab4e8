import { statSync } from 'node:fs';
import type { ArticleId, ArticleOrigin } from '../domain/article.js';
import { asArticleId } from '../domain/article.js';
import { LANGUAGES, type Language } from '../domain/language.js';
import { asPassageId, type Passage, type PassageId } from '../domain/passage.js';
import {
  type ArticleRow,
  type ArticleSummaryRow,
  type PassageRecordRow,
  type PassageRow,
  prepareReads,
  type Reads,
} from './article-reads.js';
import type {
  ArticleState,
  ArticleStoreReader,
  ArticleSummary,
  ArticlesOptions,
  LabelsOptions,
  PassageRecord,
  PassageVector,
  RankingRow,
  StoredArticle,
  StoreOpening,
  StoreStats,
} from './article-store.js';
import { filterToSql } from './filter-to-sql.js';
import type { LexicalMatch, LexicalQuery, LexicalStatistics } from './lexical-index.js';
import { SCHEMA_VERSION } from './migrate-schema.js';
import { readOpenings } from './openings.js';
import { RecentLabels } from './recent-labels.js';
import { quantiseVector } from './sentence-vectors.js';
import { jsonToSpans } from './span-list.js';
import { databasePath, openReadOnlyConnection, type SqliteConnection } from './sqlite-connection.js';
import { SqliteLexicalIndex } from './sqlite-lexical-index.js';
import { blobToTerms } from './terms-blob.js';
import { translatingSqliteErrors } from './translate-sqlite-error.js';
import { blobToEmbedding, blobToSentences } from './vector-blobs.js';

/**
 * Reads the database of an index folder over a read-only connection of its own, in the calling thread: each answer
 * costs microseconds, which a hop to another thread would multiply.
 * @throws STORE_UNUSABLE, STORE_NEWER_SCHEMA (operator); later from any method, when the file turns out damaged
 */
export function openSqliteArticleReader(options: { folder: string }): SqliteArticleReader {
  const { folder } = options;
  const connection = openReadOnlyConnection(folder);
  try {
    return translatingSqliteErrors(databasePath(folder), () => new SqliteArticleReader(folder, connection));
  } catch (error) {
    connection.close();
    throw error;
  }
}

export class SqliteArticleReader implements ArticleStoreReader {
  readonly #path: string;
  readonly #connection: SqliteConnection;
  readonly #reads: Reads;
  readonly #lexical: SqliteLexicalIndex;
  readonly #recentLabels = new RecentLabels();

  constructor(folder: string, connection: SqliteConnection) {
    this.#path = databasePath(folder);
    this.#connection = connection;
    this.#reads = prepareReads(connection);
    this.#lexical = new SqliteLexicalIndex(connection);
  }

  async article(id: ArticleId): Promise<StoredArticle | null> {
    return this.#inOneState(() => {
      const row = this.#reads.article.get(id);
      if (row === undefined) return null;
      return toStoredArticle(row, this.#reads.passagesOf.all(row.number));
    });
  }

  async articles({
    after = asArticleId(''),
    limit,
    language,
    filter,
  }: ArticlesOptions): Promise<ArticleSummary[]> {
    const conditions = [
      ...(language === undefined ? [] : [{ sql: 'a.language = ?', parameters: [language] }]),
      ...(filter === undefined ? [] : [filterToSql(filter)]),
    ];
    const sql = ['TRUE', ...conditions.map((condition) => condition.sql)].join(' AND ');
    const parameters = conditions.flatMap((condition) => condition.parameters);
    return this.#inOneState(() =>
      this.#reads
        .articlesWhere(sql)
        .all(after, ...parameters, limit)
        .map(toArticleSummary),
    );
  }

  async articleState(id: ArticleId): Promise<ArticleState | null> {
    return this.#inOneState(() => this.#reads.state.get(id) ?? null);
  }

  async articleStates(): Promise<ArticleState[]> {
    return this.#inOneState(() => this.#reads.states.all());
  }

  async labels({ fingerprint, languages = LANGUAGES, filter }: LabelsOptions): Promise<Uint32Array> {
    const key = JSON.stringify([fingerprint, languages, filter]);
    return this.#inOneState(() => {
      const generation = Number(this.#reads.generation.get());
      return this.#recentLabels.of(key, generation, () => {
        const asked = [fingerprint, JSON.stringify(languages)] as const;
        if (filter === undefined) return this.#reads.labels.all(...asked);
        const { sql, parameters } = filterToSql(filter);
        return this.#reads.labelsWhere(sql).all(...asked, ...parameters);
      });
    });
  }

  async rankingRows(labels: readonly number[]): Promise<RankingRow[]> {
    return this.#inOneState(() => {
      const rows: RankingRow[] = [];
      for (const label of labels) {
        const row = this.#reads.rankingRow.get(label);
        if (row === undefined) continue;
        const [articleNumber, language, embeddingBlob, sentenceBlob, titleBlob, termsBlob] = row;
        const embedding = blobToEmbedding(embeddingBlob);
        const dimensions = embedding.length;
        const passage = quantiseVector(embedding);
        const sentences = sentenceBlob === null ? null : blobToSentences(sentenceBlob, dimensions);
        const title = titleBlob === null ? null : blobToSentences(titleBlob, dimensions);
        const terms = blobToTerms(termsBlob);
        rows.push({ label, articleNumber, language, passage, sentences, title, terms });
      }
      return rows;
    });
  }

  async findByWords(
    query: LexicalQuery,
    options: { fingerprint: string; limit: number; labels?: Uint32Array },
  ): Promise<LexicalMatch[]> {
    return this.#inOneState(() => this.#lexical.findByWords(query, options));
  }

  async lexicalStatistics(
    stems: readonly string[],
    options: { fingerprint: string },
  ): Promise<LexicalStatistics> {
    return this.#inOneState(() => this.#lexical.lexicalStatistics(stems, options));
  }

  async passageRecords(labels: readonly number[]): Promise<PassageRecord[]> {
    return this.#inOneState(() => {
      const records: PassageRecord[] = [];
      for (const label of labels) {
        const row = this.#reads.passageRecord.get(label);
        if (row === undefined) continue;
        records.push(toPassageRecord(row));
      }
      return records;
    });
  }

  async passageVector(id: PassageId, options: { fingerprint: string }): Promise<PassageVector | null> {
    return this.#inOneState(() => {
      const row = this.#reads.passageVector.get(id, options.fingerprint);
      if (row === undefined) return null;
      const embedding = blobToEmbedding(row.embedding);
      return { ...toPassageRecord(row), embedding, articlePassages: row.article_passages };
    });
  }

  async embeddings(options: {
    fingerprint: string;
    after?: number;
    limit: number;
  }): Promise<Array<{ label: number; language: Language; embedding: Float32Array }>> {
    const { fingerprint, after = -1, limit } = options;
    return this.#inOneState(() =>
      this.#reads.embeddings.all(fingerprint, after, limit).map(({ label, language, embedding }) => ({
        label,
        language,
        embedding: blobToEmbedding(embedding),
      })),
    );
  }

  /** One statement sees one state without a transaction around it, which would be most of the cost. */
  async generation(): Promise<number> {
    return translatingSqliteErrors(this.#path, () => Number(this.#reads.generation.get()));
  }

  async openings(): Promise<StoreOpening[]> {
    return this.#inOneState(() => readOpenings(this.#connection));
  }

  async stats(): Promise<StoreStats> {
    return this.#inOneState(() => {
      const passagesByLanguage: Record<Language, number> = { ar: 0, en: 0 };
      let sentences = 0;
      for (const row of this.#reads.countByLanguage.all()) {
        passagesByLanguage[row.language] = row.passages;
        sentences += row.sentences;
      }
      return {
        articles: Number(this.#reads.countArticles.get()),
        passages: passagesByLanguage.ar + passagesByLanguage.en,
        sentences,
        passagesByLanguage,
        sizeBytes: sizeOf(this.#path) + sizeOf(`${this.#path}-wal`),
        schemaVersion: SCHEMA_VERSION,
        generation: Number(this.#reads.generation.get()),
      };
    });
  }

  close(): void {
    this.#connection.close();
  }

  /** One transaction, so that several statements see the same committed state. */
  #inOneState<Result>(read: () => Result): Result {
    return translatingSqliteErrors(this.#path, () => {
      this.#reads.begin.run();
      try {
        return read();
      } finally {
        this.#reads.commit.run();
      }
    });
  }
}

function toPassage(row: PassageRow): Passage {
  return {
    id: asPassageId(row.id),
    articleId: asArticleId(row.article_id),
    ordinal: row.ordinal,
    text: row.text,
    language: row.language,
    sentences: jsonToSpans(row.spans),
  };
}

function toPassageRecord(row: PassageRecordRow): PassageRecord {
  const { label, title, url, published_at: publishedAt, source } = row;
  const tags = JSON.parse(row.tags) as string[];
  return { label, passage: toPassage(row), title, url, publishedAt, tags, source };
}

function toArticleSummary(row: ArticleSummaryRow): ArticleSummary {
  const { id, title, url, language, source, passages } = row;
  return {
    id: asArticleId(id),
    title,
    url,
    language,
    publishedAt: row.published_at,
    tags: JSON.parse(row.tags) as string[],
    source,
    updatedAt: row.updated_at,
    passages,
  };
}

function toStoredArticle(row: ArticleRow, passages: readonly PassageRow[]): StoredArticle {
  const origin: ArticleOrigin =
    row.origin_line === null ? { file: row.origin_file } : { file: row.origin_file, line: row.origin_line };
  return {
    id: asArticleId(row.id),
    title: row.title,
    url: row.url,
    language: row.language,
    publishedAt: row.published_at,
    tags: JSON.parse(row.tags) as string[],
    source: row.source,
    origin,
    passages: passages.map(toPassage),
    dropped: JSON.parse(row.dropped) as StoredArticle['dropped'],
    updatedAt: row.updated_at,
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
