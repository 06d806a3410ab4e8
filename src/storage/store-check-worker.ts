import { workerData } from 'node:worker_threads';
import { lowerPriority } from '../threads/lower-priority.js';
import { serveCalls } from '../threads/serve-calls.js';
import { fileFindings } from './file-findings.js';
import { findDamage } from './find-damage.js';
import { TEXT_SUM } from './row-checksums.js';
import { databasePath, openReadOnlyConnection, type SqliteConnection } from './sqlite-connection.js';
import { translatingSqliteErrors } from './translate-sqlite-error.js';
import { checkWords } from './verify-words.js';
import { readWordsSum, sumWords, writeWordsSum } from './words-sum.js';

// The thread that looks once whether all that is stored is what was stored.

export interface StoreCheckData {
  readonly folder: string;
}

/** What is not what was stored. */
export interface StoreDamage {
  /** What SQLite says of the file, a line each; at most 10. */
  readonly ofFile: readonly string[];
  /** Labels of passages whose words or terms are not what their texts give, rising. */
  readonly ofWords: readonly number[];
  /** Ids of articles of which all can be made again. */
  readonly remakable: readonly string[];
  /** Ids of articles of which a text, or what they are headed by, is lost. */
  readonly lost: readonly string[];
}

const { folder } = workerData as StoreCheckData;

/** It reads everything once: what it keeps of that helps nobody. */
const PAGE_CACHE_BYTES = 2 * 1_024 * 1_024;
const MOST_FINDINGS = 10;

lowerPriority(19);

serveCalls({
  check(): StoreDamage {
    const connection = openReadOnlyConnection(folder, { pageCacheBytes: PAGE_CACHE_BYTES });
    try {
      // In one state of the database.
      return translatingSqliteErrors(databasePath(folder), () =>
        connection.transaction(() => findAll(connection))(),
      );
    } finally {
      connection.close();
    }
  },
});

function findAll(connection: SqliteConnection): StoreDamage {
  const { remakable, lost } = findDamage(connection);
  return {
    ofFile: fileFindings(connection, MOST_FINDINGS),
    ofWords: findWrongWords(connection),
    remakable,
    lost: lost.map(({ id }) => id),
  };
}

function findWrongWords(connection: SqliteConnection): number[] {
  const found = sumWords(connection);
  const known = readWordsSum(folder);
  if (known?.generation === found.generation && known.sum === found.sum) return [];
  const wrong = new Set<number>(withoutWords(connection));
  checkWords(connection, ({ label }) => wrong.add(label));
  if (wrong.size === 0) writeWordsSum(folder, found);
  // Of a damaged text only damaged words could be made.
  const whole = connection
    .prepare(
      `SELECT 1 FROM passages p JOIN passage_checksums c ON c.label = p.label
        WHERE p.label = ? AND c.text_sum IS ${TEXT_SUM}`,
    )
    .pluck();
  return [...wrong].filter((label) => whole.get(label) === 1).sort((a, b) => a - b);
}

function withoutWords(connection: SqliteConnection): number[] {
  return connection
    .prepare(
      `SELECT label FROM passages
        WHERE label NOT IN (SELECT label FROM passage_terms)
           OR label NOT IN (SELECT id FROM passage_words_docsize)
           OR label NOT IN (SELECT id FROM passage_phrases_docsize)`,
    )
    .pluck()
    .all() as number[];
}
