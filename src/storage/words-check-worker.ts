import { workerData } from 'node:worker_threads';
import { lowerPriority } from '../threads/lower-priority.js';
import { serveCalls } from '../threads/serve-calls.js';
import { TEXT_SUM } from './row-checksums.js';
import { databasePath, openReadOnlyConnection, type SqliteConnection } from './sqlite-connection.js';
import { translatingSqliteErrors } from './translate-sqlite-error.js';
import { checkWords } from './verify-words.js';
import { readWordsSum, sumWords, type WordsSum, writeWordsSum } from './words-sum.js';

// The thread that looks once whether words and terms are right: it reads them all, and may have to cut all texts again.

export interface WordsCheckData {
  readonly folder: string;
}

const { folder } = workerData as WordsCheckData;

/** It reads everything once: what it keeps of that helps nobody. */
const PAGE_CACHE_BYTES = 2 * 1_024 * 1_024;

lowerPriority(19);

serveCalls({
  /** Labels of the passages whose words or terms are wrong, rising. Those whose text is damaged are not looked for. */
  check(): number[] {
    const connection = openReadOnlyConnection(folder, { pageCacheBytes: PAGE_CACHE_BYTES });
    try {
      // In one state of the database.
      return translatingSqliteErrors(databasePath(folder), () =>
        connection.transaction(() => findWrong(connection))(),
      );
    } finally {
      connection.close();
    }
  },
});

function findWrong(connection: SqliteConnection): number[] {
  const found = sumWords(connection);
  const known = readWordsSum(folder);
  if (known?.generation === found.generation && known.sum === found.sum) return [];
  const wrong = new Set<number>(withoutWords(connection));
  checkWords(connection, ({ label }) => wrong.add(label));
  if (wrong.size === 0) keep(found);
  const whole = connection
    .prepare(
      `SELECT 1 FROM passages p JOIN passage_checksums c ON c.label = p.label
        WHERE p.label = ? AND c.text_sum IS ${TEXT_SUM}`,
    )
    .pluck();
  return [...wrong].filter((label) => whole.get(label) === 1).sort((a, b) => a - b);
}

/** What cannot be written is left alone: then the next opening has as much to do. */
function keep(sum: WordsSum): void {
  try {
    writeWordsSum(folder, sum);
  } catch {
    // As above.
  }
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
