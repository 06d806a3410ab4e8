import { hashTerm, passageTerms } from '../text/passage-terms.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { termsToBlob } from './terms-blob.js';
import { type PassageWords, passageWords } from './write-words.js';

interface PassageRow {
  readonly label: number;
  readonly id: string;
  readonly text: string;
  readonly fingerprint: number;
  readonly title: string;
  /** Null when they are missing, which a row rule tells (verify-store.ts). */
  readonly terms: Uint8Array | null;
  readonly length: number | null;
}

/** One number a passage, the sum over its tokens: says whether they are the right ones, in any order of reading. */
type TokenSums = Map<number, number>;

/** A passage whose words or terms are not what its text gives. */
export interface WrongWords {
  readonly problem: 'words-wrong' | 'phrase-words-wrong' | 'terms-wrong';
  readonly id: string;
  readonly label: number;
}

/**
 * Compares words and terms of every passage with what its text gives. Passages that have none at all are left out.
 * @param tell  Told each thing that is wrong.
 * Cost: cuts all text into words again; about 0.5 ms a passage.
 */
export function checkWords(connection: SqliteConnection, tell: (wrong: WrongWords) => void): void {
  const stems = readTokenSums(connection, 'passage_words');
  const phrases = readTokenSums(connection, 'passage_phrases');
  const passages = connection.prepare<[], PassageRow>(
    `SELECT p.label, p.id, p.text, p.fingerprint, a.title, t.terms, t.length
       FROM passages p JOIN articles a ON a.number = p.article LEFT JOIN passage_terms t ON t.label = p.label`,
  );
  for (const row of passages.iterate()) {
    const tellOf = (problem: WrongWords['problem']) => tell({ problem, id: row.id, label: row.label });
    const expected = sumsOf(passageWords(row));
    if (stems.get(row.label) !== expected.stems) tellOf('words-wrong');
    if (phrases.get(row.label) !== expected.phrases) tellOf('phrase-words-wrong');
    if (row.terms !== null && !areTermsRight(row, row.terms)) tellOf('terms-wrong');
  }
}

function areTermsRight({ text, title, length }: PassageRow, blob: Uint8Array): boolean {
  const terms = passageTerms(text, title);
  return length === terms.length && Buffer.compare(blob, termsToBlob(terms)) === 0;
}

/** Undefined is the sum of no tokens: such a passage is in no posting list. */
function sumsOf(words: PassageWords): { stems: number | undefined; phrases: number | undefined } {
  const stems = words.stems === '' ? [] : words.stems.split(' ').map((token) => hashPlace(token, '', 0));
  const phrases = [
    { column: 'title', tokens: words.titlePhrase },
    { column: 'body', tokens: words.bodyPhrase },
  ].flatMap(({ column, tokens }) =>
    tokens === '' ? [] : tokens.split(' ').map((token, i) => hashPlace(token, column, i)),
  );
  return { stems: sum(stems), phrases: sum(phrases) };
}

function sum(hashes: readonly number[]): number | undefined {
  return hashes.length === 0 ? undefined : hashes.reduce((total, hash) => (total + hash) | 0, 0);
}

function readTokenSums(connection: SqliteConnection, table: 'passage_words' | 'passage_phrases'): TokenSums {
  connection.exec(
    `CREATE VIRTUAL TABLE temp.${table}_tokens USING fts5vocab ('main', '${table}', 'instance')`,
  );
  const sums: TokenSums = new Map();
  const tokens = connection
    .prepare<[], readonly [string, number, string | null, number | null]>(
      `SELECT term, doc, col, "offset" FROM temp.${table}_tokens`,
    )
    .raw() as unknown as { iterate(): Iterable<readonly [string, number, string | null, number | null]> };
  for (const [term, label, column, offset] of tokens.iterate()) {
    sums.set(label, ((sums.get(label) ?? 0) + hashPlace(term, column ?? '', offset ?? 0)) | 0);
  }
  return sums;
}

/** Mixed well, because the sum must change when two words change places. */
function hashPlace(token: string, column: string, offset: number): number {
  const mixed = hashTerm(`${column}:${token}`) ^ Math.imul(offset + 1, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x9e3779b1);
}
