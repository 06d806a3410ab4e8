import { FihristError } from '../domain/errors.js';
import { TERMS_VERSION } from '../text/passage-terms.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { prepareWordsWrite, type WordedPassage } from './write-words.js';

/** Passages whose words are written in one transaction: enough to make waiting for the disk cheap. */
const BATCH = 500;

/**
 * Makes words and terms of every passage anew whose rules have changed, or that was stored before there were any.
 * A crash loses the batch it was in; the next call goes on from there. Does nothing when all are current.
 * Cost: about 0.5 ms a passage. Blocks its thread.
 */
export function renewWords(connection: SqliteConnection): void {
  if (storedVersion(connection) === TERMS_VERSION) return;
  const write = prepareWordsWrite(connection);
  const outdated = connection.prepare<[number, number], WordedPassage>(
    `SELECT p.label, p.text, a.title, p.fingerprint
       FROM passages p JOIN articles a ON a.number = p.article LEFT JOIN passage_terms t ON t.label = p.label
      WHERE p.label > ? AND t.version IS NOT ? ORDER BY p.label LIMIT ${BATCH}`,
  );
  const renewBatch = connection.transaction((after: number): number | null => {
    const passages = outdated.all(after, TERMS_VERSION);
    for (const passage of passages) write(passage);
    return passages.at(-1)?.label ?? null;
  });
  for (let after: number | null = -1; after !== null; ) after = renewBatch.immediate(after);
  connection
    .prepare('UPDATE store_state SET terms_version = ?, generation = generation + 1')
    .run(TERMS_VERSION);
}

/**
 * Makes words and terms of passages anew; belongs in a transaction.
 * @param labels  Those that are gone are left out.
 * @returns Of how many.
 * Cost: about 1 ms a passage.
 */
export function remakeWords(connection: SqliteConnection, labels: readonly number[]): number {
  const write = prepareWordsWrite(connection);
  const passage = connection.prepare<[number], WordedPassage>(
    `SELECT p.label, p.text, a.title, p.fingerprint
       FROM passages p JOIN articles a ON a.number = p.article WHERE p.label = ?`,
  );
  const found = labels.map((label) => passage.get(label)).filter((one) => one !== undefined);
  for (const one of found) write(one);
  connection.prepare('UPDATE store_state SET generation = generation + 1').run();
  return found.length;
}

/**
 * A reader cannot make words anew, and old ones do not fit new questions.
 * @throws STORE_UNUSABLE (operator)
 */
export function checkWordsVersion(connection: SqliteConnection, path: string): void {
  const found = storedVersion(connection);
  if (found === TERMS_VERSION) return;
  throw new FihristError(
    'STORE_UNUSABLE',
    `${path} has its words in version ${found}, not ${TERMS_VERSION}; start the service or ingest once to bring it up to date.`,
    { details: { path, found, known: TERMS_VERSION } },
  );
}

function storedVersion(connection: SqliteConnection): number {
  return Number(connection.prepare('SELECT terms_version FROM store_state').pluck().get());
}
