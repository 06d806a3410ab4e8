import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArticleStore } from '../../src/storage/article-store.js';
import { WORDS_TABLES } from '../../src/storage/migrations/0002-words-and-terms.js';
import { openReadOnlyConnection } from '../../src/storage/sqlite-connection.js';
import { verifyStore } from '../../src/storage/verify-store.js';
import { readWordsSum, sumWords } from '../../src/storage/words-sum.js';
import {
  makeFolder,
  openSqlite,
  removeFolder,
  STORE_ADAPTERS,
  sketchArticle,
} from './article-store-fixtures.js';

const RIVER = sketchArticle({ id: 'a', title: 'River', texts: ['Boats on water', 'Fish below'] });

const NOTHING = { ofFile: [], wordsMended: 0, toRemake: [], lost: [] };

/** Something else in each table that holds words. */
const ALTERED: Readonly<Record<(typeof WORDS_TABLES.holding)[number], string>> = {
  passage_words_data: "block = block || x'07'",
  passage_words_idx: 'pgno = pgno + 1',
  passage_words_docsize: "sz = sz || x'07'",
  passage_phrases_data: "block = block || x'07'",
  passage_phrases_idx: 'pgno = pgno + 1',
  passage_phrases_docsize: "sz = sz || x'07'",
  passage_terms: 'length = length + 1',
};

describe.each(STORE_ADAPTERS)('a store that is looked at: $name', ({ open }) => {
  it('is whole when nothing has happened to it', async () => {
    const folder = makeFolder();
    const store = await open(folder);
    await store.putArticle(RIVER);
    expect(await store.mend()).toEqual(NOTHING);
    await store.close();
    removeFolder(folder);
  });
});

describe('words of a store on disk', () => {
  let folder: string;
  let store: ArticleStore;

  beforeEach(async () => {
    folder = makeFolder();
    store = await openSqlite(folder);
    await store.putArticle(RIVER);
    await store.close();
  });

  afterEach(async () => {
    await store.close();
    removeFolder(folder);
  });

  function sumFile(): string {
    return join(folder, 'fihrist.words');
  }

  function damage(sql: string): void {
    const database = new Database(join(folder, 'fihrist.db'));
    database.unsafeMode();
    database.exec(sql);
    database.close();
  }

  /** Without it the words are compared with the texts. */
  function forgetSum(): void {
    rmSync(sumFile());
  }

  it.each([
    ['of a passage that has others', "INSERT OR REPLACE INTO passage_words (rowid, stems) VALUES (1, 'x')"],
    ['in order', "INSERT OR REPLACE INTO passage_phrases (rowid, title, body) VALUES (1, 'river', 'water')"],
    ['and terms', "UPDATE passage_terms SET terms = x'00' WHERE label = 1"],
    ['that are gone', 'DELETE FROM passage_words WHERE rowid = 1'],
    ['whose terms are gone', 'DELETE FROM passage_terms WHERE label = 1'],
  ])('are made anew where they are damaged: %s', async (_case, sql) => {
    damage(sql);
    store = await openSqlite(folder);
    const generation = await store.generation();
    expect(await store.mend()).toEqual({ ...NOTHING, wordsMended: 1 });
    expect(await verifyStore(folder)).toMatchObject({ ok: true });
    // What was kept of them is of another generation by now.
    expect(await store.generation()).toBeGreaterThan(generation);
    expect(await store.mend()).toEqual(NOTHING);
  });

  it('are not made of a text that is damaged itself', async () => {
    damage("UPDATE passages SET text = 'Goats on water' WHERE label = 1");
    forgetSum();
    store = await openSqlite(folder);
    expect(await store.mend()).toEqual({ ...NOTHING, lost: ['a'] });
  });

  it('that cannot be read at all are refused with the file that they are in', async () => {
    damage('DELETE FROM passage_words_data WHERE id > 100');
    store = await openSqlite(folder);
    await expect(store.mend()).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining('fihrist.db'),
    });
  });

  it('go on being looked at until the store is closed', async () => {
    forgetSum();
    store = await openSqlite(folder);
    const looked = store.mend();
    looked.catch(() => {});
    await store.close();
    await expect(looked).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('names what follows from texts and needs a model, and what is lost', async () => {
    store = await openSqlite(folder);
    await store.putArticle(sketchArticle({ id: 'b', texts: ['Stones'] }));
    await store.putArticle(sketchArticle({ id: 'c', texts: ['Sand'] }));
    await store.close();
    damage(`
      UPDATE passage_vectors SET embedding = zeroblob(48) WHERE label = 1;
      UPDATE articles SET title = 'Reeds' WHERE id = 'b';
      UPDATE passages SET text = 'Send' WHERE id = 'c:Sand';
    `);
    store = await openSqlite(folder);
    expect(await store.mend()).toMatchObject({ ofFile: [], toRemake: ['a'], lost: ['b', 'c'] });
  });

  it('tells what SQLite finds wrong with the file', async () => {
    const database = new Database(join(folder, 'fihrist.db'));
    database.unsafeMode();
    // An index that lacks what its table has.
    database.exec(`PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, 'ON passages (article', 'ON passages (ordinal')
       WHERE type = 'index' AND tbl_name = 'passages' AND sql IS NOT NULL;`);
    database.close();
    store = await openSqlite(folder);
    const { ofFile } = await store.mend();
    expect(ofFile.join()).toMatch(/index/);
  });

  describe('with their sum beside the database', () => {
    it('have it from the first closing on', () => {
      const connection = openReadOnlyConnection(folder);
      expect(readWordsSum(folder)).toEqual(sumWords(connection));
      connection.close();
    });

    it('have another one when anything in their tables is another', () => {
      const sums = new Set<string>();
      const take = () => {
        const connection = openReadOnlyConnection(folder);
        sums.add(sumWords(connection).sum);
        connection.close();
      };
      take();
      for (const table of WORDS_TABLES.holding) {
        damage(`UPDATE ${table} SET ${ALTERED[table]}`);
        take();
      }
      expect(sums.size).toBe(WORDS_TABLES.holding.length + 1);
    });

    it('keep the one that they have while nothing is known of them', async () => {
      const before = readFileSync(sumFile(), 'utf8');
      store = await openSqlite(folder);
      await store.putArticle(sketchArticle({ id: 'b', texts: ['Stones'] }));
      await store.close();
      expect(readFileSync(sumFile(), 'utf8')).toBe(before);
    });

    it('get a new one when they were looked at and changed afterwards', async () => {
      store = await openSqlite(folder);
      await store.mend();
      await store.putArticle(sketchArticle({ id: 'b', texts: ['Stones'] }));
      const generation = await store.generation();
      await store.close();
      expect(readWordsSum(folder)?.generation).toBe(generation);
    });

    it.each([
      ['missing', () => rmSync(sumFile())],
      ['empty', () => writeFileSync(sumFile(), '')],
      ['of others', () => writeFileSync(sumFile(), `1 ${'0'.repeat(64)}\n`)],
    ])('get it back when it is %s', async (_case, spoil) => {
      const before = readFileSync(sumFile(), 'utf8');
      spoil();
      store = await openSqlite(folder);
      expect(await store.mend()).toEqual(NOTHING);
      expect(existsSync(sumFile())).toBe(true);
      expect(readFileSync(sumFile(), 'utf8')).toBe(before);
    });
  });
});
