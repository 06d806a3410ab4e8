import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import { APPLICATION_ID, SCHEMA_VERSION } from '../../src/storage/migrate-schema.js';
import { ARTICLES_PASSAGES_VECTORS } from '../../src/storage/migrations/0001-articles-passages-vectors.js';
import { quantiseSentences } from '../../src/storage/sentence-vectors.js';
import { openSqliteArticleReader } from '../../src/storage/sqlite-article-reader.js';
import { embeddingToBlob, sentencesToBlob } from '../../src/storage/vector-blobs.js';
import { verifyStore } from '../../src/storage/verify-store.js';
import { matchTokens } from '../../src/text/match-tokens.js';
import { passageTerms, TERMS_VERSION } from '../../src/text/passage-terms.js';
import { termLists } from '../unit/text/term-lists.js';
import { DIMENSIONS, makeFolder, openSqlite, removeFolder, vectorOf } from './article-store-fixtures.js';

const MODEL = 'model-a';
/** More than two batches of passages whose words are made anew. */
const PASSAGES = 1_100;

/** A word of its own for each number, in letters that stemming leaves alone. */
const wordOf = (label: number) =>
  `n${String(label).replace(/[0-9]/g, (digit) => 'bcdfghjklm'[Number(digit)]!)}`;
const textOf = (label: number) => `zorkin plamf ${wordOf(label)}`;
const stem = (word: string) => matchTokens(word)[0]!.stem;

/** A database as the first version wrote it: one article with a title, labels from 1. */
function writeFirstVersion(file: string): void {
  const database = new Database(file);
  database.pragma('page_size = 8192');
  database.pragma('journal_mode = WAL');
  database.exec(ARTICLES_PASSAGES_VECTORS);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma('user_version = 1');
  database.exec(`
    UPDATE store_state SET generation = 41;
    INSERT INTO fingerprints VALUES (1, '${MODEL}', ${DIMENSIONS});
    INSERT INTO articles VALUES (1, 'a', 'velmik', NULL, 'en', NULL, '[]', 'corpus', 'a.txt', NULL, 'h', 1, '[]', '2026-11-20T00:00:00.000Z');`);
  const addPassage = database.prepare(
    `INSERT INTO passages VALUES (@label, 'a:' || @label, 1, @label, @text, 'en', '[0,' || length(@text) || ']', 1, 1)`,
  );
  const addVectors = database.prepare(`INSERT INTO passage_vectors VALUES (?, 1, 'en', ?, NULL, ?)`);
  const title = sentencesToBlob(quantiseSentences([vectorOf('velmik')])!);
  database.transaction(() => {
    for (let label = 1; label <= PASSAGES; label += 1) {
      addPassage.run({ label, text: textOf(label) });
      addVectors.run(label, embeddingToBlob(vectorOf(textOf(label))), title);
    }
  })();
  database.close();
}

describe('a database of an older version', () => {
  let folder: string;

  beforeEach(() => {
    folder = makeFolder();
    writeFirstVersion(join(folder, 'fihrist.db'));
  });

  afterEach(() => removeFolder(folder));

  function edit(sql: string): void {
    const database = new Database(join(folder, 'fihrist.db'));
    database.exec(sql);
    database.close();
  }

  async function openAndClose(): Promise<void> {
    await (await openSqlite(folder)).close();
  }

  it('has its words after it was opened, and everything that it had before', async () => {
    const store = await openSqlite(folder);
    const labels = Array.from({ length: PASSAGES }, (_, i) => i + 1);
    expect([...(await store.labels({ fingerprint: MODEL }))]).toEqual(labels);
    expect((await store.stats()).schemaVersion).toBe(SCHEMA_VERSION);
    expect(await store.generation()).toBeGreaterThan(41);
    const article = await store.article(asArticleId('a'));
    expect(article?.passages.map(({ text }) => text)).toEqual(labels.map(textOf));
    const [first] = await store.embeddings({ fingerprint: MODEL, limit: 1 });
    expect(first?.embedding).toEqual(vectorOf(textOf(1)));

    const find = (word: string) =>
      store.findByWords({ stems: [stem(word)], phrases: [] }, { fingerprint: MODEL, limit: PASSAGES });
    expect((await find('zorkin')).map(({ label }) => label)).toEqual(labels);
    expect(await find('velmik')).toHaveLength(PASSAGES);
    expect((await find(wordOf(PASSAGES))).map(({ label }) => label)).toEqual([PASSAGES]);
    const [row] = await store.rankingRows([7]);
    expect(termLists(row!.terms)).toEqual(termLists(passageTerms(textOf(7), 'velmik')));
    await store.close();
    expect((await verifyStore(folder)).problems).toEqual([]);
  });

  it('is refused by readers until it was opened for writing', async () => {
    expect(() => openSqliteArticleReader({ folder })).toThrow(
      `schema version 1, not ${SCHEMA_VERSION}; start the service`,
    );
    await openAndClose();
    openSqliteArticleReader({ folder }).close();
    edit('UPDATE store_state SET terms_version = 0');
    expect(() => openSqliteArticleReader({ folder })).toThrow(
      `has its words in version 0, not ${TERMS_VERSION}; start the service`,
    );
    await expect(verifyStore(folder)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
  });

  it('goes on where it stopped when making the words was interrupted', async () => {
    await openAndClose();
    edit(`UPDATE store_state SET terms_version = 0;
          DELETE FROM passage_terms WHERE label > 600;
          DELETE FROM passage_words WHERE rowid > 600;
          DELETE FROM passage_phrases WHERE rowid > 600;`);
    await openAndClose();
    expect((await verifyStore(folder)).problems).toEqual([]);
  });

  it('has all words and terms made anew when their rules have changed', async () => {
    await openAndClose();
    edit(`UPDATE store_state SET terms_version = ${TERMS_VERSION - 1};
          UPDATE passage_terms SET version = ${TERMS_VERSION - 1}, terms = x'00', length = 9;
          INSERT OR REPLACE INTO passage_words (rowid, stems) SELECT label, 'other' FROM passages;
          INSERT OR REPLACE INTO passage_phrases (rowid, title, body) SELECT label, 'other', 'other' FROM passages;`);
    await openAndClose();
    expect((await verifyStore(folder)).problems).toEqual([]);
    const reader = openSqliteArticleReader({ folder });
    expect(await reader.lexicalStatistics([stem('zorkin')], { fingerprint: MODEL })).toEqual({
      passages: PASSAGES,
      meanLength: 3,
      passagesWith: Uint32Array.of(PASSAGES),
    });
    reader.close();
  });
});
