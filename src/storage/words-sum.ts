import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORDS_TABLES } from './migrations/0002-words-and-terms.js';
import type { SqliteConnection } from './sqlite-connection.js';

/** Says of what passages are found by that it was right at one generation of the database. */
export interface WordsSum {
  readonly generation: number;
  /** SHA-256 of all that the tables of words and terms hold, as hexadecimal digits. */
  readonly sum: string;
}

/** Where the sum of an index folder is. Whatever becomes of it: without it, words are compared with the texts. */
function wordsSumPath(folder: string): string {
  return join(folder, 'fihrist.words');
}

/** Null when there is none, or none that can be read. */
export function readWordsSum(folder: string): WordsSum | null {
  try {
    const match = /^(\d{1,15}) ([0-9a-f]{64})\n$/.exec(readFileSync(wordsSumPath(folder), 'latin1'));
    return match === null ? null : { generation: Number(match[1]), sum: match[2] ?? '' };
  } catch {
    return null;
  }
}

/**
 * Of what the database holds now; belongs in a transaction when others write.
 * Cost: reads 1.3 KB a passage; about 1 s for 100,000. Blocks its thread.
 */
export function sumWords(connection: SqliteConnection): WordsSum {
  const hash = createHash('sha256');
  for (const table of WORDS_TABLES.holding) {
    hash.update(`${table}\n`);
    const rows = connection.prepare<[], readonly unknown[]>(`SELECT * FROM ${table}`).raw();
    for (const row of rows.iterate() as IterableIterator<readonly unknown[]>) {
      for (const value of row) {
        if (value instanceof Uint8Array) hash.update(`${value.byteLength}:`).update(value);
        else hash.update(`${value};`);
      }
    }
  }
  const generation = Number(connection.prepare('SELECT generation FROM store_state').pluck().get());
  return { generation, sum: hash.digest('hex') };
}

/**
 * Writes down that all words are right as they are now, unless that stands there. What cannot be read or written is left
 * alone: then the next opening has more to do.
 */
export function noteWordsSum(folder: string, connection: SqliteConnection): void {
  try {
    const generation = connection.prepare('SELECT generation FROM store_state').pluck().get();
    if (readWordsSum(folder)?.generation !== generation) writeWordsSum(folder, sumWords(connection));
  } catch {
    // As above.
  }
}

/** What cannot be written is left alone. */
export function writeWordsSum(folder: string, { generation, sum }: WordsSum): void {
  try {
    writeFileSync(wordsSumPath(folder), `${generation} ${sum}\n`, 'latin1');
  } catch {
    // As above.
  }
}
