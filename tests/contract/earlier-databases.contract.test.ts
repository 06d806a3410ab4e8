import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import { SCHEMA_VERSION } from '../../src/storage/migrate-schema.js';
import { openSqliteArticleReader } from '../../src/storage/sqlite-article-reader.js';
import { verifyStore } from '../../src/storage/verify-store.js';
import { matchTokens } from '../../src/text/match-tokens.js';
import {
  ARTICLES,
  FINGERPRINT,
  REMOVED,
  toStoreInput,
  vectorOf,
} from '../fixtures/databases/archive-articles.mjs';
import { makeFolder, openSqlite, removeFolder } from './article-store-fixtures.js';

const EARLIER = Array.from({ length: SCHEMA_VERSION - 1 }, (_, i) => i + 1);
const stems = (text: string) => matchTokens(text).map(({ stem }) => stem);

describe.each(EARLIER)('a database of schema version %d', (version) => {
  let folder: string;
  const file = () => join(folder, 'fihrist.db');

  beforeEach(() => {
    folder = makeFolder();
    const packed = readFileSync(new URL(`../fixtures/databases/schema-${version}.db.gz`, import.meta.url));
    writeFileSync(file(), gunzipSync(packed));
  });
  afterEach(() => removeFolder(folder));

  const versionOf = () => {
    const database = new Database(file(), { readonly: true });
    const found = database.pragma('user_version', { simple: true });
    database.close();
    return found;
  };

  it('was written by a program of that version', () => {
    expect(versionOf()).toBe(version);
  });

  it('has after an upgrade all that it had, and is whole', async () => {
    const store = await openSqlite(folder);
    expect((await store.stats()).schemaVersion).toBe(SCHEMA_VERSION);
    const ids = (await store.articleStates()).map(({ id }) => String(id));
    expect(ids).toEqual(ARTICLES.map(({ id }) => id).sort());
    for (const article of ARTICLES) {
      const { article: input, passages, contentHash } = toStoreInput(article);
      expect(await store.article(asArticleId(article.id))).toMatchObject({
        title: input.title,
        url: article.url ?? null,
        language: input.language,
        publishedAt: article.publishedAt ?? null,
        tags: input.tags,
        origin: input.origin,
        dropped: input.dropped,
        passages: passages.map(({ passage }) => passage),
      });
      expect(await store.articleState(asArticleId(article.id))).toMatchObject({
        contentHash,
        fingerprint: FINGERPRINT,
      });
    }
    const rows = await store.embeddings({ fingerprint: FINGERPRINT, limit: 10 });
    const texts = ARTICLES.flatMap(({ passages }) => passages.map(({ sentences }) => sentences.join(' ')));
    expect(rows.map(({ embedding }) => embedding)).toEqual(texts.map(vectorOf));
    await store.close();
    expect((await verifyStore(folder)).problems).toEqual([]);
  });

  it('can be asked by words and by filters, and written, after an upgrade', async () => {
    const store = await openSqlite(folder);
    const asked = { stems: stems('whale oil'), phrases: [] };
    const found = await store.findByWords(asked, { fingerprint: FINGERPRINT, limit: 5 });
    const records = await store.passageRecords(found.map(({ label }) => label));
    expect(records.map(({ passage }) => String(passage.id))).toEqual(['lighthouse:2']);
    const year = { startMs: Date.UTC(2021, 0, 1), endMs: Date.UTC(2022, 0, 1) };
    const filter = { type: 'in', key: 'publishedAt', periods: [year] } as const;
    expect(await store.labels({ fingerprint: FINGERPRINT, filter })).toHaveLength(2);
    const ranking = await store.rankingRows([...(await store.labels({ fingerprint: FINGERPRINT }))]);
    expect(ranking).toHaveLength(4);
    expect(ranking[2]?.sentences?.scales).toHaveLength(3);
    const [{ label } = { label: 0 }] = (await store.putArticle(toStoreInput(REMOVED))).added;
    // The label that it had once is given to nobody again.
    expect(label).toBe(6);
    await store.close();
    expect((await verifyStore(folder)).problems).toEqual([]);
  });

  it('is not read before it was upgraded, and opening it for reading leaves it as it was', () => {
    const before = readFileSync(file());
    expect(() => openSqliteArticleReader({ folder })).toThrow(
      `schema version ${version}, not ${SCHEMA_VERSION}; start the service`,
    );
    expect(readFileSync(file()).equals(before)).toBe(true);
  });
});

describe('a database of a newer schema', () => {
  it('is refused with a sentence that names both versions, and stays as it was', async () => {
    const folder = makeFolder();
    await (await openSqlite(folder)).close();
    const database = new Database(join(folder, 'fihrist.db'));
    database.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    const before = readFileSync(join(folder, 'fihrist.db'));
    const sentence = `has schema version ${SCHEMA_VERSION + 1}; this program knows versions up to ${SCHEMA_VERSION}. Use the newer program, or another index folder.`;
    await expect(openSqlite(folder)).rejects.toMatchObject({
      code: 'STORE_NEWER_SCHEMA',
      message: expect.stringContaining(sentence),
    });
    expect(() => openSqliteArticleReader({ folder })).toThrow(sentence);
    await expect(verifyStore(folder)).rejects.toMatchObject({ code: 'STORE_NEWER_SCHEMA' });
    expect(readFileSync(join(folder, 'fihrist.db')).equals(before)).toBe(true);
    removeFolder(folder);
  });
});
