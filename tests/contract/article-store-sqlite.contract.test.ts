import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import type { FihristError } from '../../src/domain/errors.js';
import { APPLICATION_ID, SCHEMA_VERSION } from '../../src/storage/migrate-schema.js';
import { ARTICLES_PASSAGES_VECTORS } from '../../src/storage/migrations/0001-articles-passages-vectors.js';
import { openSqliteArticleReader } from '../../src/storage/sqlite-article-reader.js';
import { verifyStore } from '../../src/storage/verify-store.js';
import { makeFolder, openSqlite, removeFolder, sketchArticle } from './article-store-fixtures.js';
import { builtFile, runChild } from './vector-index-child-process.js';
import { asOrdinaryUser } from './vector-index-fixtures.js';

const INDEX_FILES = ['fihrist.db', 'fihrist.lock', 'fihrist.mark', 'fihrist.words'];

// What only a store on disk promises.
describe('article store on disk: sqlite', () => {
  let folder: string;

  beforeEach(() => {
    folder = makeFolder();
  });

  afterEach(() => removeFolder(folder));

  function databaseFile(): string {
    return join(folder, 'fihrist.db');
  }

  it('has everything after it was closed and opened again, in one file with three small ones beside it', async () => {
    const first = await openSqlite(folder);
    const change = await first.putArticle(sketchArticle({ id: 'a', texts: ['One. Two.', 'Three'] }));
    const article = await first.article(asArticleId('a'));
    const rows = await first.rankingRows(change.added.map(({ label }) => label));
    const generation = await first.generation();
    await first.close();
    expect(readdirSync(folder).sort()).toEqual(INDEX_FILES);

    const second = await openSqlite(folder);
    expect(await second.article(asArticleId('a'))).toEqual(article);
    expect(await second.rankingRows(change.added.map(({ label }) => label))).toEqual(rows);
    expect(await second.generation()).toBe(generation);
    expect(await second.stats()).toMatchObject({
      schemaVersion: SCHEMA_VERSION,
      sizeBytes: expect.any(Number),
    });
    await second.close();
  });

  it('makes the index folder when it is missing', async () => {
    const store = await openSqlite(join(folder, 'deep', 'index'));
    await store.close();
  });

  it('may be closed twice', async () => {
    const store = await openSqlite(folder);
    await store.close();
    await expect(store.close()).resolves.toBeUndefined();
  });

  it('can be read by others while it is open, up to the last write', async () => {
    const store = await openSqlite(folder);
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One'] }));
    const reader = openSqliteArticleReader({ folder });
    expect(await reader.articleStates()).toHaveLength(1);
    await store.putArticle(sketchArticle({ id: 'b', texts: ['Two'] }));
    expect(await reader.articleStates()).toHaveLength(2);
    reader.close();
    await store.close();
  });

  it('brings a database of the first schema up to date, dates and all', async () => {
    const database = new Database(databaseFile());
    database.exec(ARTICLES_PASSAGES_VECTORS);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma('user_version = 1');
    database.exec(`INSERT INTO fingerprints (fingerprint, dimensions) VALUES ('model-a', 0)`);
    const dates = {
      early: "'2024-03-01T01:00+0200'",
      late: "'2024-03'",
      never: "'2024-02-30'",
      undated: 'NULL',
    };
    for (const [id, date] of Object.entries(dates)) {
      database.exec(
        `INSERT INTO articles (id, title, language, published_at, tags, source, origin_file, content_hash,
                               fingerprint, dropped, updated_at)
         VALUES ('${id}', '', 'en', ${date}, '[]', 'corpus', 'a.txt', '', 1, '[]', '')`,
      );
      database.exec(
        `INSERT INTO passages (id, article, ordinal, text, language, spans, sentence_count, fingerprint)
         VALUES ('${id}:1', last_insert_rowid(), 0, 'Text', 'en', '[[0,4]]', 1, 1)`,
      );
    }
    database.close();
    const store = await openSqlite(folder);
    const marchFirst = Date.UTC(2024, 2, 1);
    const labelsFrom = async (startMs: number) => {
      const periods = [{ startMs, endMs: marchFirst + 1 }];
      const filter = { type: 'in', key: 'publishedAt', periods } as const;
      return [...(await store.labels({ fingerprint: 'model-a', filter }))];
    };
    expect(await labelsFrom(marchFirst)).toEqual([2]);
    expect(await labelsFrom(0)).toEqual([1, 2]);
    expect((await store.stats()).schemaVersion).toBe(SCHEMA_VERSION);
    await store.close();
  });

  it('refuses a database of a newer program, naming both versions, and does not touch it', async () => {
    await (await openSqlite(folder)).close();
    const database = new Database(databaseFile());
    database.pragma('user_version = 7');
    database.close();
    const before = readFileSync(databaseFile());
    await expect(openSqlite(folder)).rejects.toMatchObject({
      code: 'STORE_NEWER_SCHEMA',
      message: expect.stringMatching(`version 7.*up to ${SCHEMA_VERSION}`),
      details: { found: 7, known: SCHEMA_VERSION },
    });
    expect(() => openSqliteArticleReader({ folder })).toThrow(/version 7/);
    expect(readFileSync(databaseFile()).equals(before)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(INDEX_FILES);
  });

  it('refuses a SQLite file of another program', async () => {
    const database = new Database(databaseFile());
    database.exec('CREATE TABLE photos (name TEXT)');
    database.close();
    await expect(openSqlite(folder)).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining('another program'),
    });
  });

  it.each([
    ['text', () => Buffer.from('this is not a database, but somebody’s notes. '.repeat(50))],
    ['cut in its header', (bytes: Buffer) => bytes.subarray(0, 60)],
    ['cut after its first page', (bytes: Buffer) => bytes.subarray(0, 8_192)],
    ['overwritten after its header', (bytes: Buffer) => bytes.fill(0x5a, 100, 16_384)],
    ['overwritten in its header', (bytes: Buffer) => bytes.fill(0x5a, 0, 100)],
  ])('refuses a damaged file, naming it: %s', async (_name, damage) => {
    const store = await openSqlite(folder);
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One. Two.'] }));
    await store.close();
    writeFileSync(databaseFile(), damage(readFileSync(databaseFile())));
    await expect(openSqlite(folder)).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining(databaseFile()),
      details: { path: databaseFile() },
    });
  });

  it('says that a file is damaged when it shows only later', async () => {
    const store = await openSqlite(folder);
    for (let i = 0; i < 40; i += 1) {
      await store.putArticle(sketchArticle({ id: `a${i}`, texts: [`Text ${i}. `.repeat(200)] }));
    }
    await store.close();
    const bytes = readFileSync(databaseFile());
    writeFileSync(databaseFile(), bytes.fill(0x5a, 8_192 * 12));
    const damaged = await openSqlite(folder).catch((error: unknown) => error);
    if (damaged instanceof Error) {
      expect(damaged).toMatchObject({ code: 'STORE_UNUSABLE' });
      return;
    }
    const reader = openSqliteArticleReader({ folder });
    const reads = Array.from({ length: 40 }, (_, i) => reader.article(asArticleId(`a${i}`)));
    const failures = (await Promise.allSettled(reads)).filter((read) => read.status === 'rejected');
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) expect(failure.reason).toMatchObject({ code: 'STORE_UNUSABLE' });
    reader.close();
    await (damaged as Awaited<ReturnType<typeof openSqlite>>).close().catch(() => {});
  });

  it('refuses a second writer in the same process, and lets it in when the first has closed', async () => {
    const store = await openSqlite(folder);
    await expect(openSqlite(folder)).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(`process ${process.pid}`),
      details: { pid: process.pid },
    });
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One'] }));
    await store.close();
    await (await openSqlite(folder)).close();
  });

  it('names the host of who holds the folder where that is another', async () => {
    await (await openSqlite(folder)).close();
    const lock = new Database(join(folder, 'fihrist.lock'));
    lock.exec("UPDATE holder SET host = 'container-7', pid = 1; BEGIN IMMEDIATE");
    await expect(openSqlite(folder)).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining('in use by process 1 on container-7 (since '),
      details: { host: 'container-7' },
    });
    lock.close();
  });

  it('takes over the lock file of an earlier version', async () => {
    const lock = new Database(join(folder, 'fihrist.lock'));
    lock.exec('CREATE TABLE holder (pid INTEGER NOT NULL, since TEXT NOT NULL) STRICT');
    lock.close();
    await (await openSqlite(folder)).close();
  });

  it('writes no more when another process got in by way of a deleted lock file, and has written', async () => {
    const first = await openSqlite(folder);
    await first.putArticle(sketchArticle({ id: 'a', texts: ['One'] }));
    rmSync(join(folder, 'fihrist.lock'));
    // Its opening is noted in the database.
    const second = await openSqlite(folder);
    await expect(first.putArticle(sketchArticle({ id: 'b', texts: ['Two'] }))).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining('fihrist.lock'),
    });
    await expect(first.removeArticles([asArticleId('a')])).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await second.putArticle(sketchArticle({ id: 'c', texts: ['Three'] }));
    expect((await first.articleStates()).map(({ id }) => id)).toEqual(['a', 'c']);
    await second.close();
    await first.close();
  });

  it('refuses a second writing process, naming the pid of the first, until that one is killed', async () => {
    const script = `
      import { openSqliteArticleStore } from ${JSON.stringify(builtFile('storage/sqlite-article-store.js'))};
      await openSqliteArticleStore({ folder: ${JSON.stringify(folder)} });
      console.log(process.pid);
    `;
    let refusal: unknown = null;
    const { output, signal } = await runChild(script, {
      killWhen: async () => {
        refusal = await openSqlite(folder).catch((error: unknown) => error);
        return 0;
      },
    });
    const pid = Number(output);
    expect(signal).toBe('SIGKILL');
    expect(pid).not.toBe(process.pid);
    expect(refusal).toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(`process ${pid} `),
      details: { pid },
    });
    await (await openSqlite(folder)).close();
  });

  it('loses nothing acknowledged when it is killed while writing, and leaves no lock behind', async () => {
    const script = `
      import { openSqliteArticleStore } from ${JSON.stringify(builtFile('storage/sqlite-article-store.js'))};
      const store = await openSqliteArticleStore({ folder: ${JSON.stringify(folder)} });
      for (let i = 0; ; i += 1) {
        const id = 'article-' + i;
        const text = 'Text ' + (100 + i) + '. More.';
        const embedding = new Float32Array(384).fill(1 / Math.sqrt(384));
        const passage = { id: id + ':p', articleId: id, ordinal: 0, text, language: 'en',
          sentences: [{ start: 0, end: 9 }, { start: 10, end: 15 }] };
        await store.putArticle({
          article: { id, title: id, language: 'en', tags: [], origin: { file: id }, paragraphs: [], dropped: [] },
          source: 'corpus', contentHash: 'h', titleEmbedding: embedding, fingerprint: 'm',
          passages: [{ passage, embedding, sentenceEmbeddings: [embedding, embedding] }],
        });
        console.log(id);
      }
    `;
    for (const enough of [20, 60]) {
      const { output, signal } = await runChild(script, {
        killWhen: (soFar) => (soFar.split('\n').length > enough ? 0 : null),
      });
      expect(signal).toBe('SIGKILL');
      const acknowledged = output.split('\n').filter((line) => line.startsWith('article-'));
      expect(acknowledged.length).toBeGreaterThanOrEqual(enough - 1);

      const store = await openSqlite(folder);
      const states = new Set((await store.articleStates()).map((state) => state.id));
      expect(acknowledged.filter((id) => !states.has(asArticleId(id)))).toEqual([]);
      await store.close();
      expect((await verifyStore(folder)).problems).toEqual([]);
    }
  });

  it('refuses a folder that cannot be written to', async () => {
    await (await openSqlite(folder)).close();
    chmodSync(folder, 0o555);
    await asOrdinaryUser(async () => {
      await expect(openSqlite(folder)).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
      await expect(openSqlite(join(folder, 'deeper'))).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
    });
    chmodSync(folder, 0o755);
  });

  it('refuses a path that is no folder', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(openSqlite(file)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
    mkdirSync(databaseFile());
    await expect(openSqlite(folder)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
  });

  it('reports a full disk, keeps what was stored, and goes on when there is room', async () => {
    const writes: Array<string | null> = [];
    const onWrite = (error: FihristError | null) => writes.push(error?.code ?? null);
    const store = await openSqlite(folder, { maxSizeBytes: 400_000, onWrite });
    let stored = 0;
    const long = 'A sentence that takes some room. '.repeat(300);
    const write = async () => {
      for (; stored < 1_000; stored += 1) {
        await store.putArticle(sketchArticle({ id: `a${stored}`, texts: [`${stored} ${long}`] }));
      }
    };
    await expect(write()).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringContaining('everything stored before is safe'),
    });
    expect(await store.articleStates()).toHaveLength(stored);
    const half = Array.from({ length: Math.ceil(stored / 2) }, (_, i) => asArticleId(`a${i}`));
    await store.removeArticles(half);
    await store.putArticle(sketchArticle({ id: 'later', texts: ['There is room again.'] }));
    expect(writes.slice(-3)).toEqual(['DISK_FULL', null, null]);
    expect(writes.slice(0, -3).every((code) => code === null)).toBe(true);
    await store.close();
    const reopened = await openSqlite(folder);
    expect(await reopened.articleStates()).toHaveLength(stored - half.length + 1);
    await reopened.close();
    expect((await verifyStore(folder)).problems).toEqual([]);
  });

  describe('verifying', () => {
    it('counts what it looked at, and works beside a process that writes', async () => {
      const store = await openSqlite(folder);
      await store.putArticle(sketchArticle({ id: 'a', texts: ['One. Two.', 'Three'] }));
      expect(await verifyStore(folder)).toEqual({
        ok: true,
        problems: [],
        checked: { articles: 1, passages: 2, sentences: 3, vectors: 6 },
      });
      await store.close();
    });

    it('says when there is no database', async () => {
      await expect(verifyStore(folder)).rejects.toMatchObject({
        code: 'STORE_UNUSABLE',
        message: expect.stringContaining('There is no database'),
      });
    });

    it.each([
      [
        'vector-length-wrong: passage a:One',
        "UPDATE passage_vectors SET embedding = x'00000000' WHERE label = 1",
      ],
      [
        'vector-not-unit-length: passage a:One',
        'UPDATE passage_vectors SET embedding = zeroblob(48) WHERE label = 1',
      ],
      ['sentence-span-outside-text: passage a:One', "UPDATE passages SET spans = '[0,99]' WHERE label = 1"],
      [
        'sentence-vector-count-wrong: passage a:Two. More.',
        'UPDATE passage_vectors SET sentence_vectors = NULL',
      ],
      [
        'title-vector-missing: passage a:One',
        'UPDATE passage_vectors SET title_vector = NULL WHERE label = 1',
      ],
      ['title-vector-unexpected: passage a:One', "UPDATE articles SET title = ' … '"],
      [
        'title-vector-length-wrong: passage a:One',
        "UPDATE passage_vectors SET title_vector = x'0000803F' WHERE label = 1",
      ],
      [
        'title-vectors-differ: a',
        'UPDATE passage_vectors SET title_vector = zeroblob(length(title_vector)) WHERE label = 1',
      ],
      ['passage-without-vector: a:One', 'DELETE FROM passage_vectors WHERE label = 1'],
      ['vector-without-passage: label 1', 'DELETE FROM passages WHERE label = 1'],
      ['reference-broken: row 1 of passages', 'UPDATE passages SET article = 77 WHERE label = 1'],
      ['label-beyond-the-last-given: a:Two. More.', 'UPDATE sqlite_sequence SET seq = 1'],
      ['languages-differ: a:One', "UPDATE passage_vectors SET language = 'ar' WHERE label = 1"],
      ['passage-without-words: a:One', 'DELETE FROM passage_words WHERE rowid = 1'],
      ['passage-without-words: a:One', 'DELETE FROM passage_phrases WHERE rowid = 1'],
      ['words-without-passage: label 9', "INSERT INTO passage_words (rowid, stems) VALUES (9, 'x')"],
      [
        'words-wrong: passage a:One',
        "INSERT OR REPLACE INTO passage_words (rowid, stems) VALUES (1, '1·two')",
      ],
      [
        'phrase-words-wrong: passage a:One',
        "INSERT OR REPLACE INTO passage_phrases (rowid, title, body) VALUES (1, 'of title a', 'one')",
      ],
      ['database-damaged', 'DELETE FROM passage_words_data WHERE id > 100'],
      ['passage-without-terms: a:One', 'DELETE FROM passage_terms WHERE label = 1'],
      ['terms-wrong: passage a:One', "UPDATE passage_terms SET terms = x'00' WHERE label = 1"],
      ['terms-wrong: passage a:One', 'UPDATE passage_terms SET length = length + 1 WHERE label = 1'],
      ['terms-outdated: a:One', 'UPDATE passage_terms SET version = 0'],
      [
        'fingerprints-differ: a:One',
        "INSERT INTO fingerprints VALUES (7, 'm', 0); UPDATE passage_terms SET fingerprint = 7",
      ],
      ['passage-order-broken: a', 'UPDATE passages SET ordinal = 1'],
    ])('names what is wrong: %s', async (problem, sql) => {
      const store = await openSqlite(folder);
      await store.putArticle(sketchArticle({ id: 'a', texts: ['One', 'Two. More.'] }));
      await store.close();
      const database = new Database(databaseFile());
      database.pragma('foreign_keys = OFF');
      // Lets the tables behind full text be damaged.
      database.unsafeMode();
      database.exec(sql);
      database.close();
      const report = await verifyStore(folder);
      expect(report.ok).toBe(false);
      expect(report.problems.join('\n')).toContain(problem);
    });
  });
});
