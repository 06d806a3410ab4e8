import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import type { ArticleStore, ArticlesOptions } from '../../src/storage/article-store.js';
import { type ArticleSketch, STORE_ADAPTERS, sketchArticle, useStore } from './article-store-fixtures.js';

describe.each(STORE_ADAPTERS)('article store contract, lists: $name', (adapter) => {
  let store: ArticleStore;
  useStore(adapter, (opened) => {
    store = opened;
  });

  async function put(sketch: ArticleSketch, more: { publishedAt?: string; tags?: string[] } = {}) {
    const input = sketchArticle(sketch);
    await store.putArticle({ ...input, article: { ...input.article, ...more } });
  }

  const idsOf = async (options: Partial<ArticlesOptions> = {}) =>
    (await store.articles({ limit: 100, ...options })).map(({ id }) => id);

  it('lists what lists show of an article, with the number of its passages', async () => {
    await put({ id: 'a', texts: ['One. Two.', 'Three'], source: 'api' }, { publishedAt: '2024-05-01' });
    expect(await store.articles({ limit: 10 })).toEqual([
      {
        id: 'a',
        title: 'Title of a',
        url: null,
        language: 'en',
        publishedAt: '2024-05-01',
        tags: ['one', 'وسم'],
        source: 'api',
        updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        passages: 2,
      },
    ]);
  });

  it('goes by rising id, byte by byte, in pages that begin behind an id', async () => {
    // By UTF-16, U+1F331 (a surrogate pair) would come before U+FB01.
    for (const id of ['🌱', 'b', 'ﬁ', 'a', 'ب', 'B']) await put({ id, texts: [id] });
    const all = ['B', 'a', 'b', 'ب', 'ﬁ', '🌱'];
    expect(await idsOf()).toEqual(all);
    expect(await idsOf({ limit: 2 })).toEqual(all.slice(0, 2));
    expect(await idsOf({ after: asArticleId('a'), limit: 2 })).toEqual(all.slice(2, 4));
    expect(await idsOf({ after: asArticleId('🌱') })).toEqual([]);
    expect(await idsOf({ after: asArticleId('aa'), limit: 1 })).toEqual(['b']);
  });

  it('gives each article that stays once, whatever is written between the pages', async () => {
    for (const id of ['a', 'c', 'e', 'g']) await put({ id, texts: [id] });
    const first = await idsOf({ limit: 2 });
    await put({ id: 'b', texts: ['new, before'] });
    await put({ id: 'f', texts: ['new, behind'] });
    await put({ id: 'a', texts: ['changed'] });
    await store.removeArticles(['c', 'e'].map(asArticleId));
    expect(first).toEqual(['a', 'c']);
    expect(await idsOf({ after: asArticleId('c'), limit: 2 })).toEqual(['f', 'g']);
  });

  it('narrows by language, tag, source and date, together or alone', async () => {
    await put({ id: 'a', texts: ['A'], source: 'api' }, { tags: ['x'], publishedAt: '2024-01-15' });
    await put({ id: 'b', texts: ['ب'], source: 'api', language: 'ar' }, { tags: ['x', 'y'] });
    await put({ id: 'c', texts: ['C'], source: 'corpus' }, { tags: [], publishedAt: '2025' });
    expect(await idsOf({ language: 'ar' })).toEqual(['b']);
    const tagged = { type: 'in', key: 'tags', values: ['x'] } as const;
    const ofApi = { type: 'in', key: 'source', values: ['api'] } as const;
    const in2024 = {
      type: 'in',
      key: 'publishedAt',
      periods: [{ startMs: Date.UTC(2024, 0), endMs: Date.UTC(2025, 0) }],
    } as const;
    expect(await idsOf({ filter: tagged })).toEqual(['a', 'b']);
    expect(await idsOf({ filter: in2024 })).toEqual(['a']);
    expect(await idsOf({ filter: { type: 'and', filters: [tagged, ofApi] }, language: 'en' })).toEqual(['a']);
    expect(await idsOf({ filter: ofApi, after: asArticleId('a'), limit: 1 })).toEqual(['b']);
  });

  it('tells the state of one article', async () => {
    await put({ id: 'a', texts: ['A'], source: 'api', contentHash: 'h' });
    expect(await store.articleState(asArticleId('a'))).toEqual({
      id: 'a',
      source: 'api',
      contentHash: 'h',
      originFile: 'a.txt',
      updatedAt: expect.stringMatching(/Z$/),
      fingerprint: 'model-a',
    });
    expect(await store.articleState(asArticleId('b'))).toBeNull();
  });

  it('removes only what is of the collection that is named', async () => {
    await put({ id: 'a', texts: ['A'], source: 'corpus' });
    await put({ id: 'b', texts: ['B'], source: 'api' });
    const ids = ['a', 'b', 'nowhere'].map(asArticleId);
    const change = await store.removeArticles(ids, { ofSource: 'corpus' });
    expect(change.removed).toHaveLength(1);
    expect(await idsOf()).toEqual(['b']);
    const { generation } = await store.stats();
    expect(await store.removeArticles(ids, { ofSource: 'corpus' })).toEqual({ added: [], removed: [] });
    expect(await store.generation()).toBe(generation);
  });
});
