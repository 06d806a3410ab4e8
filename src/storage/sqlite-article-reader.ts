import { statSync } from 'node:fs';
import type { ArticleId } from '../domain/article.js';
import { asArticleId } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { LANGUAGES, type Language } from '../domain/language.js';
import type { PassageId } from '../domain/passage.js';
import { prepareReads, type Reads } from './article-reads.js';
import type {
  ArticleState,
  ArticleStatesOptions,
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
import type { KeptWordsOptions } from './kept-words.js';
import type { LexicalMatch, LexicalQuery, LexicalSearchOptions, LexicalStatistics } from './lexical-index.js';
import { SCHEMA_VERSION } from './migrate-schema.js';
import { readOpenings } from './openings.js';
import { RecentLabels } from './recent-labels.js';
import { quantiseVector } from './sentence-vectors.js';
import { databasePath, openReadOnlyConnection, type SqliteConnection } from './sqlite-connection.js';
import { SqliteLexicalIndex } from './sqlite-lexical-index.js';
import { toArticleSummary, toPassageRecord, toStoredArticle } from './to-stored-article.js';
import { translatingSqliteErrors } from './translate-sqlite-error.js';
import { blobToEmbedding, blobToSentences } from './vector-blobs.js';
import { VectorCheck } from './vector-check.js';

export interface SqliteArticleReaderOptions {
  readonly folder: string;
  /** Told once of each passage whose text or vectors are not what was stored; it is left out of what is read. */
  readonly onDamaged?: (label: number) => void;
  /** See openReadOnlyConnection. */
  readonly pageCacheBytes?: number;
  /** What of words is kept. Default: see KeptWords. */
  readonly keptWords?: KeptWordsOptions;
}

/**
 * Reads the database of an index folder over a read-only connection of its own, in the calling thread: each answer
 * costs microseconds, which a hop to another thread would multiply.
 * @throws STORE_UNUSABLE, STORE_NEWER_SCHEMA (operator); later from any method, when the file turns out damaged
 */
export function openSqliteArticleReader(options: SqliteArticleReaderOptions): SqliteArticleReader {
  const { folder } = options;
  const connection = openReadOnlyConnection(folder, options);
  try {
    return translatingSqliteErrors(databasePath(folder), () => new SqliteArticleReader(options, connection));
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
  readonly #check: VectorCheck;

  constructor(
    { folder, onDamaged = () => {}, keptWords }: SqliteArticleReaderOptions,
    connection: SqliteConnection,
  ) {
    this.#path = databasePath(folder);
    this.#check = new VectorCheck(onDamaged);
    this.#connection = connection;
    this.#reads = prepareReads(connection);
    this.#lexical = new SqliteLexicalIndex(connection, keptWords);
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

  async isArticleWhole(id: ArticleId): Promise<boolean> {
    return this.#inOneState(() => this.#reads.whole.get(id) !== undefined);
  }

  async articleStates({ otherThan }: ArticleStatesOptions = {}): Promise<ArticleState[]> {
    return this.#inOneState(() =>
      otherThan === undefined ? this.#reads.states.all() : this.#reads.statesOfOthers.all(otherThan),
    );
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
      const termsOf = this.#lexical.terms();
      for (const label of labels) {
        const row = this.#reads.rankingRow.get(label);
        const terms = termsOf(label);
        if (row === undefined || terms === undefined) continue;
        const [articleNumber, language, embeddingBlob, sentenceBlob, titleBlob, sum] = row;
        const summed = {
          vector_sum: sum,
          embedding: embeddingBlob,
          sentence_vectors: sentenceBlob,
          title_vector: titleBlob,
        };
        if (!this.#check.isWholeOnce(label, summed)) continue;
        const embedding = blobToEmbedding(embeddingBlob);
        const dimensions = embedding.length;
        const passage = quantiseVector(embedding);
        const sentences = sentenceBlob === null ? null : blobToSentences(sentenceBlob, dimensions);
        const title = titleBlob === null ? null : blobToSentences(titleBlob, dimensions);
        rows.push({ label, articleNumber, language, passage, sentences, title, terms });
      }
      return rows;
    });
  }

  async findByWords(query: LexicalQuery, options: LexicalSearchOptions): Promise<LexicalMatch[]> {
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
        if (row.text_is_whole === 1) records.push(toPassageRecord(row));
        else this.#check.tell(label);
      }
      return records;
    });
  }

  async passageVector(id: PassageId, options: { fingerprint: string }): Promise<PassageVector | null> {
    return this.#inOneState(() => {
      const row = this.#reads.passageVector.get(id, options.fingerprint);
      if (row === undefined) return null;
      if (!this.#check.isWhole(row.label, row)) throw this.#damagedVector(id);
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
    return this.#inOneState(() => {
      for (let from = after; ; ) {
        const rows = this.#reads.embeddings.all(fingerprint, from, limit);
        const whole = rows.filter(
          (row) => this.#check.isWhole(row.label, row) && row.embedding.byteLength === row.dimensions * 4,
        );
        from = rows.at(-1)?.label ?? from;
        // None at all means that there are no more, so that a batch without a whole one is passed over.
        if (whole.length === 0 && rows.length > 0) continue;
        return whole.map(({ label, language, embedding }) => ({
          label,
          language,
          embedding: blobToEmbedding(embedding),
        }));
      }
    });
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

  forget(): void {
    this.#recentLabels.forget();
    this.#lexical.forget();
    this.#connection.pragma('shrink_memory');
  }

  close(): void {
    this.#connection.close();
  }

  #damagedVector(id: PassageId): FihristError {
    return new FihristError(
      'STORE_UNUSABLE',
      `The vectors of passage ${id} in ${this.#path} are not what was stored; fihrist verify --repair makes them again.`,
      { details: { path: this.#path, passage: id } },
    );
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

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
