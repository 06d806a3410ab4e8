import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import { NO_CENTRING } from '../../src/embedding/centring.js';
import { FakeEmbedder } from '../../src/embedding/fake-embedder.js';
import { ArticleLocks } from '../../src/ingest/article-locks.js';
import { reconcileIndex } from '../../src/ingest/reconcile-index.js';
import { remakeArticles } from '../../src/ingest/remake-articles.js';
import { writeArticle } from '../../src/ingest/write-article.js';
import { repairStore } from '../../src/storage/repair-store.js';
import { registerChecksums } from '../../src/storage/row-checksums.js';
import { openSqliteArticleStore } from '../../src/storage/sqlite-article-store.js';
import { verifyStore } from '../../src/storage/verify-store.js';
import { openExactVectorIndex } from '../../src/vector-index/exact-vector-index.js';
import { makeFolder, removeFolder, WRITER_WORKER } from '../contract/article-store-fixtures.js';
import { seededRandom } from '../contract/vector-index-fixtures.js';
import { rawArticle, words } from '../unit/ingest/made-articles.js';

const SUBJECTS = ['lighthouse', 'mill', 'bridge'] as const;
const FINGERPRINT = new FakeEmbedder().fingerprint;

describe('a database of which bytes have changed', () => {
  let folder: string;

  beforeEach(async () => {
    folder = makeFolder();
    await withArchive(async (archive) => {
      for (const subject of SUBJECTS) {
        const raw = rawArticle(subject, `${words(subject)}\n\n${words(`old ${subject}`)}`);
        await writeArticle(raw, archive, { sourceName: subject === 'bridge' ? 'api' : 'corpus' });
      }
    });
    expect((await verifyStore(folder)).problems).toEqual([]);
  });
  afterEach(() => removeFolder(folder));

  async function withArchive<Result>(
    work: (archive: Awaited<ReturnType<typeof openArchive>>) => Promise<Result>,
  ): Promise<Result> {
    const archive = await openArchive();
    return work(archive).finally(() => archive.store.close());
  }

  async function openArchive() {
    const damaged: number[] = [];
    const embedder = new FakeEmbedder();
    const onDamaged = (label: number) => damaged.push(label);
    const store = await openSqliteArticleStore({ folder, workerFile: WRITER_WORKER, onDamaged });
    const index = openExactVectorIndex({ dimensions: embedder.dimensions });
    await reconcileIndex(store, index, {
      fingerprint: embedder.fingerprint,
      centring: NO_CENTRING,
      trustedUpTo: Number.POSITIVE_INFINITY,
    });
    return { embedder, store, index, centring: NO_CENTRING, locks: new ArticleLocks(), damaged };
  }

  function edit(sql: string, ...parameters: unknown[]): void {
    const database = new Database(path.join(folder, 'fihrist.db'));
    database.pragma('foreign_keys = OFF');
    database.unsafeMode();
    registerChecksums(database);
    if (parameters.length === 0) database.exec(sql);
    else database.prepare(sql).run(...parameters);
    database.close();
  }

  function read<Row>(sql: string): Row[] {
    const database = new Database(path.join(folder, 'fihrist.db'), { readonly: true });
    try {
      return database.prepare<[], Row>(sql).all();
    } finally {
      database.close();
    }
  }

  /** Repairs as the command does. */
  async function repair() {
    const repaired = repairStore(folder, { unreadSource: 'api' });
    await withArchive((archive) => remakeArticles(repaired.toRemake, archive));
    return { ...repaired, problems: (await verifyStore(folder)).problems };
  }

  const content = () =>
    read(
      `SELECT p.id, p.ordinal, p.text, p.language, p.spans, p.sentence_count, hex(v.embedding) AS embedding,
              hex(v.sentence_vectors) AS sentences, hex(v.title_vector) AS title, a.id AS article, a.content_hash
         FROM passages p JOIN passage_vectors v ON v.label = p.label JOIN articles a ON a.number = p.article
        ORDER BY a.id, p.ordinal`,
    );

  it('names each changed byte of texts and vectors with passage and article, and makes vectors again', async () => {
    const random = seededRandom(7);
    const whole = content();
    for (const column of ['embedding', 'sentence_vectors', 'title_vector']) {
      for (let i = 0; i < 12; i += 1) {
        const [row] = read<{ label: number; id: string; bytes: Buffer; article: string }>(
          `SELECT v.label, p.id, v.${column} AS bytes, a.id AS article FROM passage_vectors v
             JOIN passages p ON p.label = v.label JOIN articles a ON a.number = p.article
            ORDER BY v.label LIMIT 1 OFFSET ${Math.floor(random() * 6)}`,
        );
        const { label, id, bytes, article } = row!;
        bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
        edit(`UPDATE passage_vectors SET ${column} = ? WHERE label = ?`, bytes, label);
        expect((await verifyStore(folder)).problems).toContain(
          `vectors-altered: passage ${id} (label ${label}) of article ${article}`,
        );
        // What is damaged once is made again before it is damaged twice.
        expect((await repair()).toRemake).toEqual([article]);
        expect(content()).toEqual(whole);
      }
    }
  }, 120_000);

  it('finds every changed byte of a text, says that it is lost, and has its article read again', async () => {
    const [{ label, id, text }] = read<{ label: number; id: string; text: string }>(
      `SELECT label, id, text FROM passages WHERE id LIKE 'lighthouse:%' ORDER BY ordinal LIMIT 1`,
    ) as [{ label: number; id: string; text: string }];
    for (let at = 0; at < text.length; at += 23) {
      const changed = `${text.slice(0, at)}${text[at] === '#' ? '*' : '#'}${text.slice(at + 1)}`;
      edit('UPDATE passages SET text = ? WHERE label = ?', changed, label);
      expect((await verifyStore(folder)).problems).toContain(
        `text-altered: passage ${id} (label ${label}) of article lighthouse`,
      );
    }
    const { toRemake, toReadAgain, problems } = await repair();
    expect([toRemake, toReadAgain]).toEqual([[], ['lighthouse']]);
    expect(problems.join('\n')).toContain(`text-altered: passage ${id}`);
    // The next reading of the folder sees an article that has changed.
    await withArchive(async (archive) => {
      const raw = rawArticle('lighthouse', `${words('lighthouse')}\n\n${words('old lighthouse')}`);
      expect((await archive.store.articleState(asArticleId('lighthouse')))?.contentHash).toBe('');
      await writeArticle(raw, archive, { sourceName: 'corpus' });
    });
    expect((await verifyStore(folder)).problems).toEqual([]);
  });

  it('says of an article that was written over HTTP that it stays damaged until it is written again', async () => {
    edit(`UPDATE passages SET text = 'another text' WHERE id LIKE 'bridge:%' AND ordinal = 0`);
    const { toReadAgain, problems } = await repair();
    expect(toReadAgain).toEqual([]);
    expect(problems.join('\n')).toMatch(/text-altered: passage bridge:\w+ \(label \d+\) of article bridge/);
  });

  it.each([
    ['title', `UPDATE articles SET title = 'About lighthouses' WHERE id = 'lighthouse'`],
    ['url', `UPDATE articles SET url = 'https://example.org' WHERE id = 'lighthouse'`],
    ['tags', `UPDATE articles SET tags = '["x"]' WHERE id = 'lighthouse'`],
    ['publication time', `UPDATE articles SET published_ms = 1 WHERE id = 'lighthouse'`],
  ])('notices another %s of an article', async (_, sql) => {
    edit(sql);
    expect((await verifyStore(folder)).problems).toContain('article-altered: lighthouse');
    expect((await repair()).toReadAgain).toEqual(['lighthouse']);
  });

  it.each([
    ['a vector is too short', `UPDATE passage_vectors SET embedding = x'0000803F' WHERE label = 2`],
    [
      'a vector has a NaN',
      `UPDATE passage_vectors SET embedding = CAST(x'0000C07F' || substr(embedding, 5) AS BLOB) WHERE label = 2`,
    ],
    ['vectors are missing', 'DELETE FROM passage_vectors WHERE label = 2'],
    ['spans cannot be read', `UPDATE passages SET spans = '[0,' WHERE label = 2`],
    ['spans are others', `UPDATE passages SET spans = '[0,5]', sentence_count = 1 WHERE label = 2`],
    ['a language is another', `UPDATE passage_vectors SET language = 'ar' WHERE label = 2`],
    ['a checksum is missing', 'DELETE FROM passage_checksums WHERE label = 2'],
    ['a checksum of a text was changed', `UPDATE passage_checksums SET text_sum = x'00' WHERE label = 2`],
    ['a checksum of vectors was changed', `UPDATE passage_checksums SET vector_sum = x'00' WHERE label = 2`],
    ['vectors belong to no passage', 'UPDATE passage_vectors SET label = 99 WHERE label = 2'],
    ['terms are others', `UPDATE passage_terms SET terms = x'00' WHERE label = 2`],
    ['words are missing', 'DELETE FROM passage_words WHERE rowid = 2'],
    ['words cannot be read', 'DELETE FROM passage_words_data WHERE id > 100'],
    ['words are of no passage', `INSERT INTO passage_words (rowid, stems) VALUES (99, 'x')`],
  ])('is whole again when %s', async (_, sql) => {
    const whole = content();
    edit(sql);
    expect((await verifyStore(folder)).ok).toBe(false);
    expect((await repair()).problems).toEqual([]);
    expect(content()).toEqual(whole);
  });

  it('is not changed by a repair when it is whole', async () => {
    const before = read('SELECT * FROM passages');
    expect(await repair()).toEqual({
      toRemake: [],
      toReadAgain: [],
      orphansRemoved: 0,
      madeWords: false,
      problems: [],
    });
    expect(read('SELECT * FROM passages')).toEqual(before);
  });

  it.each([
    ['a NaN', `CAST(x'0000C07F' || substr(embedding, 5) AS BLOB)`],
    ['a wrong length', `substr(embedding, 1, 40)`],
    ['no length', `x''`],
    ['another number', `CAST(x'0000003F' || substr(embedding, 5) AS BLOB)`],
  ])('keeps a vector with %s away from index and ranking, and tells of it once', async (_, embedding) => {
    edit(`UPDATE passage_vectors SET embedding = ${embedding} WHERE label IN (1, 4)`);
    await withArchive(async ({ store, index, damaged }) => {
      expect([...(await index.labels())]).toEqual([2, 3, 5, 6]);
      expect((await store.rankingRows([1, 2, 3, 4])).map(({ label }) => label)).toEqual([2, 3]);
      expect((await store.rankingRows([4, 3])).map(({ label }) => label)).toEqual([3]);
      expect(damaged).toEqual([1, 4]);
      const [{ id }] = read<{ id: string }>('SELECT id FROM passages WHERE label = 4') as [{ id: string }];
      await expect(store.passageVector(id as never, { fingerprint: FINGERPRINT })).rejects.toMatchObject({
        code: 'STORE_UNUSABLE',
        message: expect.stringContaining(id),
      });
    });
  });

  it('does not show a passage whose text is not what was stored', async () => {
    edit(`UPDATE passages SET text = replace(text, 'green', 'greet') WHERE label = 3`);
    await withArchive(async ({ store, damaged }) => {
      expect((await store.passageRecords([2, 3, 4])).map(({ label }) => label)).toEqual([2, 4]);
      expect(damaged).toEqual([3]);
    });
  });

  it('reads past a whole batch of damaged vectors', async () => {
    edit(`UPDATE passage_vectors SET embedding = x'' WHERE label < 6`);
    await withArchive(async ({ store }) => {
      const rows = await store.embeddings({ fingerprint: FINGERPRINT, limit: 2 });
      expect(rows.map(({ label }) => label)).toEqual([6]);
      expect(await store.embeddings({ fingerprint: FINGERPRINT, limit: 2, after: 6 })).toEqual([]);
    });
  });

  it('notices vectors that are damaged between two searches when their length shows it', async () => {
    await withArchive(async ({ store }) => {
      expect(await store.rankingRows([1])).toHaveLength(1);
      edit(`UPDATE passage_vectors SET sentence_vectors = x'00' WHERE label = 1`);
      expect(await store.rankingRows([1])).toEqual([]);
    });
  });

  it('heals an article that is written again, whatever of its vectors was damaged', async () => {
    edit(`UPDATE passage_vectors SET embedding = zeroblob(8) WHERE label = 1`);
    await withArchive(async (archive) => {
      const raw = rawArticle(
        'lighthouse',
        `${words('lighthouse')}\n\n${words('old lighthouse')}\n\n${words('new lighthouse')}`,
      );
      await writeArticle(raw, archive, { sourceName: 'corpus' });
      const labels = [...(await archive.store.labels({ fingerprint: FINGERPRINT }))];
      expect(labels).not.toContain(1);
      expect(labels).toContain(2);
    });
    expect((await verifyStore(folder)).problems).toEqual([]);
  });
});
