import type { Language } from '../domain/language.js';
import type { ArticleState } from './article-store.js';
import { ARTICLE_SUM, TEXT_SUM } from './row-checksums.js';
import type { SqliteConnection } from './sqlite-connection.js';

export interface ArticleRow {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly language: Language;
  readonly published_at: string | null;
  readonly tags: string;
  readonly source: string;
  readonly origin_file: string;
  readonly origin_line: number | null;
  readonly dropped: string;
  readonly updated_at: string;
}

export type ArticleSummaryRow = Pick<
  ArticleRow,
  'id' | 'title' | 'url' | 'language' | 'published_at' | 'tags' | 'source' | 'updated_at'
> & { readonly passages: number };

export interface PassageRow {
  readonly label: number;
  readonly id: string;
  readonly article_id: string;
  readonly ordinal: number;
  readonly text: string;
  readonly language: Language;
  readonly spans: string;
}

/** The checksum of a row's vectors, null when it is missing, with all that it is of. */
export interface SummedVectors {
  readonly vector_sum: Uint8Array | null;
  readonly embedding: Uint8Array;
  readonly sentence_vectors: Uint8Array | null;
  readonly title_vector: Uint8Array | null;
}

type PassageVectorRow = PassageRecordRow &
  SummedVectors & {
    readonly article_passages: number;
  };

export type PassageRecordRow = PassageRow &
  Pick<ArticleRow, 'title' | 'url' | 'published_at' | 'tags' | 'source'>;

/** article, language, embedding, sentence_vectors, title_vector, vector_sum: an array and not an object, since 200 of them are read in every search. */
type RankingTuple = readonly [
  number,
  Language,
  Uint8Array,
  Uint8Array | null,
  Uint8Array | null,
  Uint8Array | null,
];

/** A statement that gives the first column alone. */
interface Plucked<Parameters extends unknown[], Value> {
  all(...parameters: Parameters): Value[];
}

export type Reads = ReturnType<typeof prepareReads>;

const STATE_COLUMNS =
  'a.id, a.source, a.content_hash AS contentHash, a.origin_file AS originFile, a.updated_at AS updatedAt, f.fingerprint';
const PASSAGE_COLUMNS = 'p.label, p.id, a.id AS article_id, p.ordinal, p.text, p.language, p.spans';
const SUMMED_VECTORS = 'c.vector_sum, v.embedding, v.sentence_vectors, v.title_vector';
const RECORD_COLUMNS = 'a.title, a.url, a.published_at, a.tags, a.source';

/** The reads of the store as SQL, prepared once a connection. */
export function prepareReads(connection: SqliteConnection) {
  return {
    begin: connection.prepare('BEGIN'),
    commit: connection.prepare('COMMIT'),
    article: connection.prepare<[string], ArticleRow>('SELECT * FROM articles WHERE id = ?'),
    passagesOf: connection.prepare<[number], PassageRow>(
      `SELECT ${PASSAGE_COLUMNS} FROM passages p JOIN articles a ON a.number = p.article
        WHERE p.article = ? ORDER BY p.ordinal`,
    ),
    states: connection.prepare<[], ArticleState>(
      `SELECT ${STATE_COLUMNS} FROM articles a JOIN fingerprints f ON f.number = a.fingerprint ORDER BY a.id`,
    ),
    statesOfOthers: connection.prepare<[string], ArticleState>(
      `SELECT ${STATE_COLUMNS} FROM articles a JOIN fingerprints f ON f.number = a.fingerprint
        WHERE a.fingerprint IN (SELECT number FROM fingerprints WHERE fingerprint <> ?) ORDER BY a.id`,
    ),
    state: connection.prepare<[string], ArticleState>(
      `SELECT ${STATE_COLUMNS} FROM articles a JOIN fingerprints f ON f.number = a.fingerprint WHERE a.id = ?`,
    ),
    /** 1, or nothing for an article of which something is damaged, and for one that is not there. */
    whole: connection
      .prepare<[string], number>(
        `SELECT 1 FROM articles a JOIN article_checksums c ON c.number = a.number
          WHERE a.id = ? AND c.sum = ${ARTICLE_SUM}
            AND NOT EXISTS (SELECT 1 FROM passages p LEFT JOIN passage_checksums s ON s.label = p.label
                             WHERE p.article = a.number AND s.text_sum IS NOT ${TEXT_SUM})`,
      )
      .pluck(),
    /** @param condition  As for labelsWhere; its parameters stand between the id and the limit. */
    articlesWhere: (condition: string) =>
      connection.prepare<[after: string, ...parameters: Array<string | number>], ArticleSummaryRow>(
        `SELECT a.id, a.title, a.url, a.language, a.published_at, a.tags, a.source, a.updated_at,
                (SELECT count(*) FROM passages p WHERE p.article = a.number) AS passages
           FROM articles a WHERE a.id > ? AND ${condition} ORDER BY a.id LIMIT ?`,
      ),
    labels: connection
      .prepare<[string, string], unknown>(
        `SELECT label FROM passages
          WHERE fingerprint = (SELECT number FROM fingerprints WHERE fingerprint = ?)
            AND language IN (SELECT value FROM json_each(?))`,
      )
      .pluck() as unknown as Plucked<[fingerprint: string, languages: string], number>,
    /** @param condition  On `articles a`, without anything that a caller wrote; its parameters follow the first two. */
    labelsWhere: (condition: string) =>
      // CROSS JOIN and +: articles first, then theirs by `passages_of_article`. What SQLite would choose without
      // statistics reads all passages of the fingerprint, once for each article.
      connection
        .prepare(
          `SELECT p.label FROM articles a CROSS JOIN passages p ON p.article = a.number
            WHERE +p.fingerprint = (SELECT number FROM fingerprints WHERE fingerprint = ?)
              AND +p.language IN (SELECT value FROM json_each(?)) AND ${condition}`,
        )
        .pluck() as unknown as Plucked<
        [fingerprint: string, languages: string, ...parameters: string[]],
        number
      >,
    // One row at a time: 100 keyed gets are faster than one query over json_each, which must parse and sort.
    rankingRow: connection
      .prepare<[number], RankingTuple>(
        `SELECT p.article, v.language, v.embedding, v.sentence_vectors, v.title_vector, c.vector_sum
           FROM passage_vectors v JOIN passages p ON p.label = v.label
                LEFT JOIN passage_checksums c ON c.label = v.label
           WHERE v.label = ?`,
      )
      .raw() as unknown as { get(label: number): RankingTuple | undefined },
    passageRecord: connection.prepare<[number], PassageRecordRow & { readonly text_is_whole: 0 | 1 }>(
      `SELECT ${PASSAGE_COLUMNS}, ${RECORD_COLUMNS}, c.text_sum IS ${TEXT_SUM} AS text_is_whole
         FROM passages p JOIN articles a ON a.number = p.article
              LEFT JOIN passage_checksums c ON c.label = p.label
        WHERE p.label = ?`,
    ),
    passageVector: connection.prepare<[string, string], PassageVectorRow>(
      `SELECT ${PASSAGE_COLUMNS}, ${RECORD_COLUMNS}, ${SUMMED_VECTORS},
              (SELECT count(*) FROM passages s WHERE s.article = p.article) AS article_passages
         FROM passages p JOIN articles a ON a.number = p.article JOIN passage_vectors v ON v.label = p.label
              LEFT JOIN passage_checksums c ON c.label = p.label
        WHERE p.id = ? AND v.fingerprint = (SELECT number FROM fingerprints WHERE fingerprint = ?)`,
    ),
    embeddings: connection.prepare<
      [string, number, number],
      SummedVectors & { label: number; language: Language; dimensions: number }
    >(
      `SELECT v.label, v.language, f.dimensions, ${SUMMED_VECTORS}
         FROM passage_vectors v JOIN fingerprints f ON f.number = v.fingerprint
              LEFT JOIN passage_checksums c ON c.label = v.label
        WHERE v.fingerprint = (SELECT number FROM fingerprints WHERE fingerprint = ?) AND v.label > ?
        ORDER BY v.label LIMIT ?`,
    ),
    generation: connection.prepare('SELECT generation FROM store_state').pluck(),
    countArticles: connection.prepare('SELECT count(*) FROM articles').pluck(),
    countByLanguage: connection.prepare<[], { language: Language; passages: number; sentences: number }>(
      'SELECT language, count(*) AS passages, sum(sentence_count) AS sentences FROM passages GROUP BY language',
    ),
  };
}
