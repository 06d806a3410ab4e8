import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBackup } from '../../src/backup/create-backup.js';
import { restoreBackup } from '../../src/backup/restore-backup.js';
import { asArticleId } from '../../src/domain/article.js';
import { roomFor } from '../../src/editions/begin-edition.js';
import { dropEdition } from '../../src/editions/drop-edition.js';
import { listEditions } from '../../src/editions/list-editions.js';
import { type MakeEditionOptions, makeEdition } from '../../src/editions/make-edition.js';
import { switchEdition } from '../../src/editions/switch-edition.js';
import { FakeEmbedder } from '../../src/embedding/fake-embedder.js';
import type { EditionPlace } from '../../src/storage/edition-places.js';
import { acquireFolderLock } from '../../src/storage/folder-lock.js';
import { openSqliteArticleReader } from '../../src/storage/sqlite-article-reader.js';
import { completeSwitches, isSwitchPending, type OnStep } from '../../src/storage/switch-archive.js';
import { verifyStore } from '../../src/storage/verify-store.js';
import { openSqlite, sketchArticle } from '../contract/article-store-fixtures.js';

const OLD = 'model-a';
const NEW = 'model-b';
const OTHER = 'model-c';
const TASK = 'a-task';

describe('editions of an archive', () => {
  let folder: string;
  let index: string;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'fihrist-editions-'));
    index = path.join(folder, 'index');
    await changing(async (store) => {
      for (const id of ['a', 'b', 'c', 'd']) await store.putArticle(article(id));
      await store.tasks.begin(TASK, counts(1));
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const article = (id: string, version = 1, fingerprint = OLD) =>
    sketchArticle({
      id,
      texts: [`The first of ${id}, in version ${version}. It goes on.`, `The second of ${id}.`],
      contentHash: `${id} ${version}`,
      fingerprint,
      // As the fake model has it.
      dimensions: 64,
    });
  const counts = (articlesDone: number) => ({
    articlesDone,
    bytesDone: 10 * articlesDone,
    created: articlesDone,
    ...{ updated: 0, unchanged: 0, failed: 0 },
  });

  /** As the service does, which is gone afterwards. */
  async function changing(
    work: (store: Awaited<ReturnType<typeof openSqlite>>) => Promise<void>,
    at = index,
  ) {
    const store = await openSqlite(at);
    await work(store).finally(() => store.close());
  }

  function partsOf(fingerprint: string, embedder = new FakeEmbedder({ fingerprint })) {
    return {
      embedder,
      indexFolder: index,
      openStore: openSqlite,
      openReader: (of: string) => openSqliteArticleReader({ folder: of }),
      openEmbedder: async () => embedder,
    };
  }

  const make = (fingerprint = NEW, options: Partial<MakeEditionOptions> = {}) =>
    makeEdition({
      ...partsOf(fingerprint),
      model: { fingerprint, name: `models/${fingerprint}`, dimensions: 64 },
      publishIndex: async () => {},
      ...options,
    });

  const switchTo = (place: EditionPlace, fingerprint = NEW, onStep: OnStep = () => {}) =>
    switchEdition({ ...partsOf(fingerprint), place, fingerprint, onStep });

  /** Ids with versions and the models that embedded them. */
  async function contentOf(at = index) {
    const reader = openSqliteArticleReader({ folder: at });
    try {
      const states = await reader.articleStates();
      return states.map(({ contentHash, fingerprint }) => `${contentHash} ${fingerprint}`);
    } finally {
      reader.close();
    }
  }
  const all = (fingerprint: string, ...hashes: string[]) => hashes.map((hash) => `${hash} ${fingerprint}`);
  const updateTimes = async () => {
    const reader = openSqliteArticleReader({ folder: index });
    return reader
      .articleStates()
      .then((states) => Object.fromEntries(states.map(({ id, updatedAt }) => [id, updatedAt])))
      .finally(() => reader.close());
  };
  const problemsOf = async (at = index) => (await verifyStore(at)).problems;

  it('are made beside what is served, which stays as it is, and dated as it is', async () => {
    const dates = await updateTimes();
    const made = await make();
    expect(made).toMatchObject({ written: 4, removed: 0, edition: { place: 'next', fingerprint: NEW } });
    expect(made.edition).toMatchObject({ articles: 4, passages: 8, passagesLeft: 0 });
    expect(made.edition?.sizeBytes).toBeGreaterThan(10_000);
    expect(await contentOf()).toEqual(all(OLD, 'a 1', 'b 1', 'c 1', 'd 1'));
    expect(await contentOf(path.join(index, 'next'))).toEqual(all(NEW, 'a 1', 'b 1', 'c 1', 'd 1'));
    expect(await problemsOf(path.join(index, 'next'))).toEqual([]);
    await switchTo('next');
    expect(await updateTimes()).toEqual(dates);
    expect(await problemsOf()).toEqual([]);
  });

  it('have what was written and deleted while they were made, also by the one who serves meanwhile', async () => {
    const embedder = new FakeEmbedder({ fingerprint: NEW });
    const service = await openSqlite(index);
    let writes = 0;
    const watched = {
      ...partsOf(NEW, embedder),
      openEmbedder: async () => {
        const embedPassages = embedder.embedPassages.bind(embedder);
        embedder.embedPassages = async (texts, signal) => {
          writes += 1;
          if (writes === 2) await service.putArticle(article('a', 2));
          if (writes === 3) await service.removeArticles([asArticleId('b')]);
          if (writes === 4) await service.putArticle(article('e'));
          if (writes === 5) await service.putArticle(article('e', 2));
          return embedPassages(texts, signal);
        };
        return embedder;
      },
    };
    const publishIndex = vi.fn(async () => {
      await service.putArticle(article('f'));
    });
    const made = await make(NEW, { ...watched, publishIndex });
    await service.close();
    expect(writes).toBeGreaterThan(5);
    expect(made.edition).toMatchObject({ articles: 5, passagesLeft: 0 });
    expect(publishIndex).toHaveBeenCalledOnce();
    const expected = all(NEW, 'a 2', 'c 1', 'd 1', 'e 2', 'f 1');
    expect(await contentOf(path.join(index, 'next'))).toEqual(expected);
    await switchTo('next');
    expect(await contentOf()).toEqual(expected);
  });

  it('go on where they were interrupted, and cost nothing when they are whole', async () => {
    const interruption = new AbortController();
    const embedder = new FakeEmbedder({ fingerprint: NEW });
    const making = make(NEW, {
      ...partsOf(NEW, embedder),
      signal: interruption.signal,
      onProgress: (progress) =>
        'articlesDone' in progress && progress.articlesDone === 3 && interruption.abort(),
    });
    await expect(making).rejects.toMatchObject({ name: 'AbortError' });
    const done = embedder.embeddedTexts;
    expect(listEditions(index)).toMatchObject([{ place: 'next', passagesLeft: 2 }]);
    // Each article has a title, two passages, and a passage of two sentences.
    expect(await make()).toMatchObject({ written: 1, textsEmbedded: 5 });
    expect(done).toBe(15);
    expect(await make()).toMatchObject({
      written: 0,
      removed: 0,
      textsEmbedded: 0,
      edition: { place: 'next' },
    });
  });

  it('begin anew where the copy was interrupted: half a copy is no edition', async () => {
    const interruption = new AbortController();
    const making = make(NEW, {
      signal: interruption.signal,
      onProgress: ({ phase }) => phase === 'copying' && interruption.abort(),
    });
    await expect(making).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(path.join(index, 'next')).length).toBeGreaterThan(0);
    expect(listEditions(index)).toEqual([]);
    writeFileSync(path.join(index, 'next/fihrist.db'), 'half a copy');
    expect(await make()).toMatchObject({ written: 4, edition: { articles: 4 } });
  });

  it('take the place of what is served with all that it has, and so do former ones, back and forth', async () => {
    await make();
    await changing(async (store) => {
      await store.putArticle(article('a', 2));
      await store.removeArticles([asArticleId('b')]);
      await store.putArticle(article('e'));
      await store.tasks.begin(TASK, counts(7));
    });
    // One of each sentence, passage and title of two articles; the titles and second passage of "a" are known.
    expect(await switchTo('next')).toMatchObject({ written: 2, removed: 1 });
    expect(await contentOf()).toEqual(all(NEW, 'a 2', 'c 1', 'd 1', 'e 1'));
    expect(listEditions(index)).toMatchObject([{ place: 'previous', fingerprint: OLD, articles: 4 }]);
    expect(existsSync(path.join(index, 'next'))).toBe(false);
    await changing(async (store) => {
      expect((await store.tasks.begin(TASK, counts(0))).counts.articlesDone).toBe(7);
      await store.putArticle(article('c', 2, NEW));
      await store.removeArticles([asArticleId('a')]);
      await store.tasks.forgetAllBut([]);
      await store.tasks.begin('another', counts(2));
    });

    const back = partsOf(OLD);
    const report = await switchEdition({ ...back, place: 'previous', fingerprint: OLD });
    expect(report).toMatchObject({ written: 1, removed: 1 });
    expect(back.embedder.embeddedTexts).toBe(3);
    expect(await contentOf()).toEqual(all(OLD, 'c 2', 'd 1', 'e 1'));
    expect(listEditions(index)).toMatchObject([{ place: 'previous', fingerprint: NEW, articles: 3 }]);
    await changing(async (store) => {
      expect((await store.tasks.begin(TASK, counts(0))).counts.articlesDone).toBe(0);
      expect((await store.tasks.begin('another', counts(0))).counts.articlesDone).toBe(2);
    });
    expect(await switchTo('previous')).toMatchObject({ written: 0, removed: 0 });
    expect(await contentOf()).toEqual(all(NEW, 'c 2', 'd 1', 'e 1'));
    expect(await problemsOf()).toEqual([]);
  });

  it('bring a former one up while another is served, so that going back takes no time', async () => {
    await make();
    await switchTo('next');
    await changing(async (store) => void (await store.putArticle(article('e', 1, NEW))));
    expect(await make(OLD)).toMatchObject({ written: 1, edition: { place: 'previous', fingerprint: OLD } });
    expect(existsSync(path.join(index, 'next'))).toBe(false);
    expect(await switchTo('previous', OLD)).toMatchObject({ written: 0, textsEmbedded: 0 });
  });

  it('let the one before the former go when a third model comes', async () => {
    await make();
    await switchTo('next');
    await make(OTHER);
    await switchTo('next', OTHER);
    expect(await contentOf()).toEqual(all(OTHER, 'a 1', 'b 1', 'c 1', 'd 1'));
    expect(listEditions(index)).toMatchObject([{ place: 'previous', fingerprint: NEW }]);
  });

  it('that are killed before any step of the switch leave the one or the other, whole', {
    timeout: 180_000,
  }, async () => {
    await make();
    await switchTo('next');
    await make(OTHER);
    await changing(async (store) => void (await store.putArticle(article('e', 1, NEW))));
    writeFileSync(path.join(index, 'keys.db'), 'keys');
    const before = path.join(folder, 'before');
    cpSync(index, before, { recursive: true });
    const steps: string[] = [];
    await switchTo('next', OTHER, (step) => steps.push(step));
    expect(steps.length).toBeGreaterThan(8);

    for (const [killedAt, step] of steps.entries()) {
      rmSync(index, { recursive: true });
      cpSync(before, index, { recursive: true });
      const killing = killBefore(killedAt, (onStep) => switchTo('next', OTHER, onStep));
      await expect(killing).rejects.toThrow(step);
      expect([step, isSwitchPending(index)]).toEqual([step, killedAt > 0 && step !== 'remove']);
      // And again, while it is being completed.
      await killBefore(1, (onStep) => completeSwitches(index, onStep)).catch(() => {});
      await completeSwitches(index);
      const [served, beside] = killedAt === 0 ? [NEW, OTHER] : [OTHER, NEW];
      expect([step, await contentOf()]).toEqual([step, all(served, 'a 1', 'b 1', 'c 1', 'd 1', 'e 1')]);
      const place = killedAt === 0 ? 'next' : 'previous';
      expect([step, listEditions(index)]).toEqual([
        step,
        expect.arrayContaining([expect.objectContaining({ place, fingerprint: beside, articles: 5 })]),
      ]);
      expect(listEditions(index)).toHaveLength(killedAt === 0 ? 2 : 1);
      // Nothing is locked or behind its mark: the service opens it and writes.
      await changing(async (store) => void (await store.putArticle(article('f', 1, served))));
      expect(statSync(path.join(index, 'keys.db')).size).toBe(4);
    }
  });

  it('are refused while somebody is at them, and nothing is changed then', async () => {
    await make();
    const lock = acquireFolderLock(path.join(index, 'next'));
    const refused = { code: 'STORE_LOCKED', message: expect.stringContaining(`process ${process.pid}`) };
    await expect(make()).rejects.toMatchObject(refused);
    await expect(switchTo('next')).rejects.toMatchObject(refused);
    await expect(dropEdition(index, 'next')).rejects.toMatchObject(refused);
    lock.release();
    const service = await openSqlite(index);
    await expect(switchTo('next')).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await service.close();
    expect(await contentOf()).toEqual(all(OLD, 'a 1', 'b 1', 'c 1', 'd 1'));
    // The former one would be removed under whoever is at it.
    await switchTo('next');
    await make(OTHER);
    const former = acquireFolderLock(path.join(index, 'previous'));
    await expect(switchTo('next', OTHER)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    former.release();
    expect(await contentOf()).toEqual(all(NEW, 'a 1', 'b 1', 'c 1', 'd 1'));
  });

  it('of two models are not made at once: the one that is there is named with how it is removed', async () => {
    await make();
    await expect(make(OTHER)).rejects.toMatchObject({
      code: 'EDITION_EXISTS',
      message: expect.stringMatching(/models\/model-b, model-b.*--drop next/),
    });
    expect(await dropEdition(index, 'next')).toBe(true);
    expect(await dropEdition(index, 'next')).toBe(false);
    expect(listEditions(index)).toEqual([]);
    expect(await make(OTHER)).toMatchObject({ edition: { fingerprint: OTHER } });
  });

  it('are not made of what is served already, or of nothing', async () => {
    expect(await make(OLD)).toEqual({ written: 0, removed: 0, textsEmbedded: 0, edition: null });
    expect(existsSync(path.join(index, 'next'))).toBe(false);
    rmSync(index, { recursive: true });
    await expect(make()).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
    expect(existsSync(index)).toBe(false);
  });

  it('are not made of an article that is damaged, and not switched to for one that they lack', async () => {
    const damage = (id: string) => {
      const database = new Database(path.join(index, 'fihrist.db'));
      database
        .prepare(`UPDATE passages SET text = 'x' WHERE article = (SELECT number FROM articles WHERE id = ?)`)
        .run(id);
      database.close();
    };
    await make();
    damage('a');
    // The edition has it as it was: there is nothing to take from what is damaged.
    await switchTo('next');
    expect(await problemsOf()).toEqual([]);
    await switchTo('previous', OLD);
    await changing(async (store) => void (await store.putArticle(article('b', 2))));
    damage('b');
    const refused = { code: 'STORE_UNUSABLE', details: { article: 'b', reason: 'damaged article' } };
    await expect(switchTo('previous')).rejects.toMatchObject(refused);
    await expect(make(OTHER)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
    await changing(async (store) => void (await store.removeArticles([asArticleId('b')])));
    expect(await switchTo('previous')).toMatchObject({ removed: 1 });
  });

  it('do not come back from a backup, and go when one is restored', async () => {
    await make();
    await switchTo('next');
    await make(OTHER);
    const file = path.join(folder, 'b.tar');
    const { manifest } = await createBackup({ indexFolder: index, file, programVersion: '1' });
    expect(manifest.models.map(({ fingerprint }) => fingerprint)).toEqual([NEW]);
    const lock = acquireFolderLock(path.join(index, 'next'));
    await expect(restoreBackup({ indexFolder: index, file, replaces: true })).rejects.toMatchObject({
      code: 'STORE_LOCKED',
    });
    lock.release();
    expect(listEditions(index)).toHaveLength(2);
    await restoreBackup({ indexFolder: index, file, replaces: true });
    expect(readdirSync(index).sort()).toEqual(['fihrist.db', 'fihrist.lock']);
    expect(await contentOf()).toEqual(all(NEW, 'a 1', 'b 1', 'c 1', 'd 1'));
  });

  it('need room for another archive of longer vectors, and for their index', () => {
    const models = [{ fingerprint: OLD, dimensions: 100, passages: 10 }];
    const room = (dimensions: number | null) =>
      roomFor({ passages: 10, models }, { sizeBytes: 1_000_000, dimensions });
    expect(room(100)).toBe(17_250_000 + 10 * 600);
    expect(room(null)).toBe(room(100));
    expect(room(50)).toBe(17_250_000 + 10 * 400);
    expect(room(300)).toBe(19_750_000 + 10 * 1_400);
  });

  async function killBefore(step: number, run: (onStep: OnStep) => Promise<unknown>): Promise<void> {
    let passed = 0;
    await run((name) => {
      if (passed === step) throw new Error(name);
      passed += 1;
    });
  }
});
