import {
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, openSqlite, removeFolder, sketchArticle } from './article-store-fixtures.js';
import { builtFile, runChild } from './vector-index-child-process.js';

// What SQLite takes without a word, and what a store must not: a database that has lost what was acknowledged.
describe('article store on disk that lost something: sqlite', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);

  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => removeFolder(folder));

  async function write(...ids: string[]): Promise<void> {
    const store = await openSqlite(folder);
    for (const id of ids) await store.putArticle(sketchArticle({ id, texts: [`Text of ${id}.`] }));
    await store.close();
  }

  /** Writes in a process that is killed, so that the write-ahead log stays. */
  async function writeAndDie(count: number): Promise<void> {
    const { signal } = await runChild(
      `
      import { openSqliteArticleStore } from ${JSON.stringify(builtFile('storage/sqlite-article-store.js'))};
      const store = await openSqliteArticleStore({ folder: ${JSON.stringify(folder)} });
      const vector = Float32Array.from({ length: 12 }, () => Math.sqrt(1 / 12));
      for (let i = 0; i < ${count}; i += 1) {
        const text = 'Text ' + i + '.';
        const passage = { id: 'p' + i, articleId: 'killed' + i, ordinal: 0, text, language: 'en', sentences: [{ start: 0, end: text.length }] };
        await store.putArticle({
          article: { id: 'killed' + i, title: '', language: 'en', tags: [], dropped: [], blocks: [], paragraphs: [], origin: { file: 'a' } },
          source: 'api', contentHash: 'x', titleEmbedding: null, fingerprint: 'model-a',
          passages: [{ passage, embedding: vector, sentenceEmbeddings: [] }],
        });
      }
      console.log('written');
    `,
      { killWhen: (output) => (output.includes('written') ? 0 : null) },
    );
    expect(signal).toBe('SIGKILL');
    expect(statSync(file('fihrist.db-wal')).size).toBeGreaterThan(0);
  }

  const refused = {
    code: 'STORE_BEHIND',
    message: expect.stringMatching(
      /fihrist\.db lacks changes that were acknowledged.*remove .*fihrist\.mark/,
    ),
  };

  it.each([
    ['removed', () => rmSync(file('fihrist.db'))],
    ['emptied', () => truncateSync(file('fihrist.db'), 0)],
  ])('refuses to begin anew where a database was %s, and makes none', async (_name, lose) => {
    await write('a', 'b');
    lose();
    const before = existsSync(file('fihrist.db')) ? readFileSync(file('fihrist.db')) : null;
    await expect(openSqlite(folder)).rejects.toMatchObject(refused);
    expect(existsSync(file('fihrist.db')) ? readFileSync(file('fihrist.db')) : null).toEqual(before);
  });

  it('begins anew when the mark was removed as well', async () => {
    await write('a');
    rmSync(file('fihrist.db'));
    rmSync(file('fihrist.mark'));
    const store = await openSqlite(folder);
    expect(await store.articleStates()).toEqual([]);
    await store.close();
  });

  it('refuses a database of an earlier time, which went on meanwhile or not', async () => {
    await write('a');
    copyFileSync(file('fihrist.db'), file('copy'));
    await write('b');
    copyFileSync(file('copy'), file('fihrist.db'));
    await expect(openSqlite(folder)).rejects.toMatchObject(refused);
    await expect(openSqlite(folder)).rejects.toMatchObject(refused);
    expect(readFileSync(file('fihrist.db')).equals(readFileSync(file('copy')))).toBe(true);
  });

  it('refuses the database of another archive', async () => {
    await write('a');
    const other = makeFolder();
    const store = await openSqlite(other);
    for (const id of ['x', 'y', 'z'])
      await store.putArticle(sketchArticle({ id, texts: [`Text of ${id}.`] }));
    await store.close();
    copyFileSync(join(other, 'fihrist.db'), file('fihrist.db'));
    removeFolder(other);
    await expect(openSqlite(folder)).rejects.toMatchObject(refused);
  });

  it.each([
    ['removed', () => rmSync(file('fihrist.db-wal'))],
    ['emptied', () => truncateSync(file('fihrist.db-wal'), 0)],
    ['cut', () => truncateSync(file('fihrist.db-wal'), statSync(file('fihrist.db-wal')).size / 2)],
    [
      'damaged',
      () => {
        const bytes = readFileSync(file('fihrist.db-wal'));
        bytes[Math.floor(bytes.length / 2)]! ^= 1;
        writeFileSync(file('fihrist.db-wal'), bytes);
      },
    ],
  ])('refuses a database whose write-ahead log was %s', async (_name, lose) => {
    await write('a');
    await writeAndDie(30);
    lose();
    await expect(openSqlite(folder)).rejects.toMatchObject(refused);
  });

  it('takes up what a kill has left, mark and all', async () => {
    await writeAndDie(5);
    const store = await openSqlite(folder);
    expect(await store.articleStates()).toHaveLength(5);
    await store.close();
    expect((await openSqlite(folder)).close()).resolves.toBeUndefined();
  });

  it.each([
    ['missing', () => rmSync(file('fihrist.mark'))],
    ['damaged', () => writeFileSync(file('fihrist.mark'), 'x'.repeat(61))],
    ['behind, as after a power cut', () => copyFileSync(file('older mark'), file('fihrist.mark'))],
  ])('opens when only the mark is %s', async (_name, damage) => {
    await write('a');
    copyFileSync(file('fihrist.mark'), file('older mark'));
    await write('b');
    damage();
    const store = await openSqlite(folder);
    expect(await store.articleStates()).toHaveLength(2);
    await store.close();
  });

  it('checks the pages after a kill, and names the file', async () => {
    await write(...Array.from({ length: 40 }, (_, i) => `a${i}`));
    await writeAndDie(1);
    const bytes = readFileSync(file('fihrist.db'));
    writeFileSync(file('fihrist.db'), bytes.fill(0x5a, 8_192 * 12, 8_192 * 20));
    await expect(openSqlite(folder)).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringMatching(/fihrist\.db .*Restore a backup/),
    });
  });

  it('tells its openings, each with the highest label before it', async () => {
    await write('a', 'b');
    await write('c');
    const store = await openSqlite(folder);
    const openings = await store.openings();
    expect(openings.map(({ labelsBefore }) => labelsBefore)).toEqual([0, 2, 3]);
    expect(new Set(openings.map(({ id }) => id)).size).toBe(3);
    await store.close();
  });
});
