import { FihristError } from '../domain/errors.js';
import { fileFindings } from './file-findings.js';
import { ARTICLE_SUM, TEXT_SUM, VECTOR_SUM } from './row-checksums.js';
import { databasePath, openReadOnlyConnection, type SqliteConnection } from './sqlite-connection.js';
import { translateSqliteError } from './translate-sqlite-error.js';
import { checkPassageRow, type VerifiedPassageRow } from './verify-passage-row.js';
import { checkWords } from './verify-words.js';

/** What `fihrist verify` found out about a database. */
export interface VerifyReport {
  readonly ok: boolean;
  /** One line each: the problem's name, a colon, what it is about. At most 1,000, then a line that says so. */
  readonly problems: readonly string[];
  /** How many of each thing were looked at. */
  readonly checked: Readonly<Record<string, number>>;
}

const MOST_PROBLEMS = 1_000;

const PASSAGE_OF_ARTICLE = `'passage ' || p.id || ' (label ' || p.label || ') of article ' || coalesce(a.id, '?')`;

/** Rules between rows that no constraint can hold, and checksums. Each query gives the rows that break one. */
const ROW_RULES: ReadonlyArray<{ name: string; sql: string }> = [
  {
    name: 'passage-without-vector',
    sql: `SELECT id AS subject FROM passages WHERE label NOT IN (SELECT label FROM passage_vectors)`,
  },
  {
    name: 'vector-without-passage',
    sql: `SELECT 'label ' || label AS subject FROM passage_vectors WHERE label NOT IN (SELECT label FROM passages)`,
  },
  {
    name: 'passage-without-words',
    sql: `SELECT id AS subject FROM passages
           WHERE label NOT IN (SELECT id FROM passage_words_docsize)
              OR label NOT IN (SELECT id FROM passage_phrases_docsize)`,
  },
  {
    name: 'words-without-passage',
    sql: `SELECT 'label ' || id AS subject FROM passage_words_docsize WHERE id NOT IN (SELECT label FROM passages)
           UNION
          SELECT 'label ' || id FROM passage_phrases_docsize WHERE id NOT IN (SELECT label FROM passages)`,
  },
  {
    name: 'passage-without-terms',
    sql: `SELECT id AS subject FROM passages WHERE label NOT IN (SELECT label FROM passage_terms)`,
  },
  {
    name: 'terms-outdated',
    sql: `SELECT p.id AS subject FROM passages p JOIN passage_terms t ON t.label = p.label
           WHERE t.version <> (SELECT terms_version FROM store_state)`,
  },
  {
    name: 'label-beyond-the-last-given',
    sql: `SELECT id AS subject FROM passages
           WHERE label > (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages')
              OR label NOT BETWEEN 0 AND 4294967295`,
  },
  {
    name: 'fingerprints-differ',
    sql: `SELECT p.id AS subject
            FROM passages p JOIN articles a ON a.number = p.article JOIN passage_vectors v ON v.label = p.label
           WHERE p.fingerprint <> v.fingerprint OR p.fingerprint <> a.fingerprint
           UNION
          SELECT p.id FROM passages p JOIN passage_terms t ON t.label = p.label
           WHERE p.fingerprint <> t.fingerprint`,
  },
  {
    name: 'languages-differ',
    sql: `SELECT p.id AS subject FROM passages p JOIN passage_vectors v ON v.label = p.label
           WHERE p.language <> v.language`,
  },
  {
    name: 'title-vectors-differ',
    sql: `SELECT a.id AS subject
            FROM articles a JOIN passages p ON p.article = a.number JOIN passage_vectors v ON v.label = p.label
           GROUP BY a.number HAVING min(v.title_vector) <> max(v.title_vector)`,
  },
  {
    name: 'article-altered',
    sql: `SELECT a.id AS subject FROM articles a JOIN article_checksums c ON c.number = a.number
           WHERE c.sum <> ${ARTICLE_SUM}`,
  },
  {
    name: 'text-altered',
    sql: `SELECT ${PASSAGE_OF_ARTICLE} AS subject
            FROM passages p JOIN passage_checksums c ON c.label = p.label LEFT JOIN articles a ON a.number = p.article
           WHERE c.text_sum <> ${TEXT_SUM}`,
  },
  {
    name: 'vectors-altered',
    sql: `SELECT ${PASSAGE_OF_ARTICLE} AS subject
            FROM passages p JOIN passage_checksums c ON c.label = p.label JOIN passage_vectors v ON v.label = p.label
                            LEFT JOIN articles a ON a.number = p.article
           WHERE c.vector_sum <> ${VECTOR_SUM}`,
  },
  {
    name: 'checksum-missing',
    sql: `SELECT 'article ' || id AS subject FROM articles WHERE number NOT IN (SELECT number FROM article_checksums)
           UNION ALL
          SELECT 'passage ' || id FROM passages WHERE label NOT IN (SELECT label FROM passage_checksums)`,
  },
  {
    name: 'passage-order-broken',
    sql: `SELECT a.id AS subject FROM articles a JOIN passages p ON p.article = a.number GROUP BY a.number
          HAVING count(DISTINCT p.ordinal) <> count(*) OR min(p.ordinal) < 0`,
  },
];

/**
 * Looks at every row of a database, beside whoever is using it, and changes nothing: SQLite's own checks of file and
 * references, then checksums of articles, texts and vectors, vectors (length, finite, unit length), sentence spans, vectors of sentences and titles, labels, and
 * words and terms, which it makes of the text again.
 * @throws STORE_UNUSABLE, STORE_NEWER_SCHEMA (operator) when there is no database that can be opened
 * Cost: reads the whole file; about a minute for 100,000 passages, most of it for their words. Blocks its thread.
 */
export async function verifyStore(folder: string): Promise<VerifyReport> {
  const connection = openReadOnlyConnection(folder);
  const problems: string[] = [];
  const checked: Record<string, number> = { articles: 0, passages: 0, sentences: 0, vectors: 0 };
  try {
    checkFile(connection, problems);
    checkRows(connection, problems, checked);
    // In one state of the database: words are read twice, and an article may come between.
    connection.transaction(() =>
      checkWords(connection, ({ problem, id, label }) =>
        problems.push(`${problem}: passage ${id} (label ${label})`),
      ),
    )();
  } catch (error) {
    const translated = translateSqliteError(error, databasePath(folder));
    if (!(translated instanceof FihristError)) throw error;
    problems.push(`database-damaged: ${translated.message}`);
  } finally {
    connection.close();
  }
  const more = problems.length - MOST_PROBLEMS;
  const listed = more > 0 ? [...problems.slice(0, MOST_PROBLEMS), `and ${more} more`] : problems;
  return { ok: problems.length === 0, problems: listed, checked };
}

function checkFile(connection: SqliteConnection, problems: string[]): void {
  for (const finding of fileFindings(connection)) problems.push(`database-damaged: ${finding}`);
  const references = connection.pragma('foreign_key_check') as Array<{
    table: string;
    rowid: number;
    parent: string;
  }>;
  for (const { table, rowid, parent } of references) {
    problems.push(`reference-broken: row ${rowid} of ${table} points to no row of ${parent}`);
  }
}

function checkRows(connection: SqliteConnection, problems: string[], checked: Record<string, number>): void {
  checked.articles = Number(connection.prepare('SELECT count(*) FROM articles').pluck().get());
  for (const { name, sql } of ROW_RULES) {
    const rows = connection.prepare<[], { subject: string }>(sql).all();
    for (const { subject } of rows) problems.push(`${name}: ${subject}`);
  }
  const passages = connection.prepare<[], VerifiedPassageRow>(
    `SELECT p.label, p.id, p.text, p.spans, p.sentence_count, f.dimensions, v.embedding, v.sentence_vectors,
            coalesce(a.title, '') AS title, v.title_vector
       FROM passages p LEFT JOIN articles a ON a.number = p.article
            JOIN fingerprints f ON f.number = p.fingerprint JOIN passage_vectors v ON v.label = p.label`,
  );
  for (const row of passages.iterate()) {
    const found = checkPassageRow(row);
    checked.passages = (checked.passages ?? 0) + 1;
    checked.sentences = (checked.sentences ?? 0) + found.sentences;
    checked.vectors = (checked.vectors ?? 0) + found.vectors;
    for (const problem of found.problems) problems.push(`${problem}: passage ${row.id} (label ${row.label})`);
  }
}
