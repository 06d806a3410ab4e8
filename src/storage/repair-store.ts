import { type ArticleId, asArticleId } from '../domain/article.js';
import { type Damage, findDamage } from './find-damage.js';
import { acquireFolderLock } from './folder-lock.js';
import { WORDS_TABLES } from './migrations/0002-words-and-terms.js';
import { renewWords } from './renew-words.js';
import { ARTICLE_SUM, PUT_ARTICLE_SUM } from './row-checksums.js';
import { databasePath, openWritableConnection, type SqliteConnection } from './sqlite-connection.js';
import { translatingSqliteErrors } from './translate-sqlite-error.js';
import { checkWords } from './verify-words.js';

/** What was done, and what is to be done by whoever has a model. */
export interface StoreRepair {
  /** Articles whose passages are to be made again from their texts. */
  readonly toRemake: readonly ArticleId[];
  /** Articles that the next reading of their source writes again: what was lost of them is not in the database. */
  readonly toReadAgain: readonly ArticleId[];
  /** Rows that belonged to nothing, and were removed. */
  readonly orphansRemoved: number;
  /** Whether the words of all passages were made anew. */
  readonly madeWords: boolean;
}

/** Rows that tell of passages that are not there. */
const ORPHANS = [
  'passage_vectors WHERE label NOT IN (SELECT label FROM passages)',
  'passage_terms WHERE label NOT IN (SELECT label FROM passages)',
  'passage_checksums WHERE label NOT IN (SELECT label FROM passages)',
  'article_checksums WHERE number NOT IN (SELECT number FROM articles)',
] as const;

/**
 * Mends what can be mended of a database without a model: removes what belongs to nothing, makes words anew where they
 * are wrong, and sees to it that articles of a folder of which something is lost are read again. To be followed by
 * making the articles of `toRemake` again.
 * @param options.unreadSource  Collection whose articles are not read from anywhere: what is lost of them stays damaged.
 * @throws STORE_LOCKED, STORE_UNUSABLE, STORE_READ_ONLY, DISK_FULL (operator)
 * Cost: reads the whole file; 1 ms a passage where words are made anew. Blocks its thread.
 */
export function repairStore(folder: string, { unreadSource }: { unreadSource: string }): StoreRepair {
  const lock = acquireFolderLock(folder);
  try {
    const connection = openWritableConnection(folder);
    try {
      return translatingSqliteErrors(databasePath(folder), () => repair(connection, unreadSource));
    } finally {
      connection.close();
    }
  } finally {
    lock.release();
  }
}

function repair(connection: SqliteConnection, unreadSource: string): StoreRepair {
  const { damage, orphansRemoved, toReadAgain } = connection
    .transaction(() => {
      const removed = ORPHANS.map((rows) => connection.prepare(`DELETE FROM ${rows}`).run().changes);
      const found = findDamage(connection);
      return {
        damage: found,
        orphansRemoved: removed.reduce((sum, count) => sum + count, 0),
        toReadAgain: forget(connection, found, unreadSource),
      };
    })
    .immediate();
  makeSpansReadable(connection, damage.remakable);
  const madeWords = repairWords(connection);
  return { toRemake: damage.remakable.map(asArticleId), toReadAgain, orphansRemoved, madeWords };
}

/** Without the hash of its source an article counts as changed, and is written anew when that is read again. */
function forget(connection: SqliteConnection, { lost }: Damage, unreadSource: string): ArticleId[] {
  const forgotten = lost.filter(({ source }) => source !== unreadSource);
  const row = connection.prepare<[string], { number: number; isWhole: 0 | 1 }>(
    `SELECT a.number, c.sum IS ${ARTICLE_SUM} AS isWhole
       FROM articles a LEFT JOIN article_checksums c ON c.number = a.number WHERE a.id = ?`,
  );
  const clear = connection.prepare(`UPDATE articles SET content_hash = '' WHERE number = ?`);
  const putSum = connection.prepare(PUT_ARTICLE_SUM);
  for (const { id } of forgotten) {
    const article = row.get(id);
    if (article === undefined) continue;
    clear.run(article.number);
    // What was damaged stays known as damaged until it is read again.
    if (article.isWhole === 1) putSum.run(article.number);
  }
  return forgotten.map(({ id }) => asArticleId(id));
}

/** Spans that cannot be read would keep the article from being read, whose sentences are found again anyway. */
function makeSpansReadable(connection: SqliteConnection, articles: readonly string[]): void {
  const clear = connection.prepare(
    `UPDATE passages SET spans = '[]' WHERE NOT json_valid(spans)
        AND article = (SELECT number FROM articles WHERE id = ?)`,
  );
  for (const id of articles) clear.run(id);
}

function repairWords(connection: SqliteConnection): boolean {
  if (areWordsRight(connection)) return false;
  connection
    .transaction(() => {
      connection.exec(WORDS_TABLES.drop);
      connection.exec(WORDS_TABLES.create);
      connection.exec('DELETE FROM passage_terms; UPDATE store_state SET terms_version = 0');
    })
    .immediate();
  renewWords(connection);
  return true;
}

function areWordsRight(connection: SqliteConnection): boolean {
  let wrong = 0;
  try {
    checkWords(connection, () => {
      wrong += 1;
    });
    wrong += connection
      .prepare<[], unknown>(
        `SELECT 1 FROM passages WHERE label NOT IN (SELECT label FROM passage_terms)
            OR label NOT IN (SELECT id FROM passage_words_docsize)
            OR label NOT IN (SELECT id FROM passage_phrases_docsize)
          UNION ALL SELECT 1 FROM passage_words_docsize WHERE id NOT IN (SELECT label FROM passages)
          UNION ALL SELECT 1 FROM passage_phrases_docsize WHERE id NOT IN (SELECT label FROM passages)
          UNION ALL SELECT 1 FROM passage_terms WHERE version <> (SELECT terms_version FROM store_state)`,
      )
      .all().length;
  } catch {
    // Tables that cannot even be read are made anew, too.
    return false;
  }
  return wrong === 0;
}
