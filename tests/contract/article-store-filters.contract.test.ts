import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import type { SearchFilter } from '../../src/domain/search-filter.js';
import { readSearchFilter } from '../../src/search/read-search-filter.js';
import type { ArticleStore } from '../../src/storage/article-store.js';
import {
  makeFolder,
  openSqlite,
  removeFolder,
  STORE_ADAPTERS,
  sketchArticle,
  useStore,
} from './article-store-fixtures.js';

const MODEL = 'model-a';

interface Facts {
  readonly publishedAt?: string;
  readonly tags?: readonly string[];
  readonly source?: string;
  readonly texts?: readonly string[];
}

async function put(store: ArticleStore, id: string, facts: Facts): Promise<number[]> {
  const { publishedAt, tags = [], source = 'corpus', texts = [`Text of ${id}`] } = facts;
  const input = sketchArticle({ id, texts, source });
  const article = { ...input.article, tags, ...(publishedAt === undefined ? {} : { publishedAt }) };
  const { added } = await store.putArticle({ ...input, article });
  return added.map(({ label }) => label);
}

describe.each(STORE_ADAPTERS)('article store contract, filters: $name', (adapter) => {
  let store: ArticleStore;
  useStore(adapter, (opened) => {
    store = opened;
  });

  /** Ids of the articles whose passages a filter on the wire admits. */
  async function admitted(filter: unknown): Promise<string[]> {
    const labels = await store.labels({ fingerprint: MODEL, filter: readSearchFilter(filter, 'filters') });
    const records = await store.passageRecords([...labels]);
    return [...new Set(records.map(({ passage }) => passage.articleId))].sort();
  }

  const on = (key: string) => (type: string, value: unknown) => admitted({ type, key, value });

  it('compares dates as instants; a day, month or year is all of it', async () => {
    const dates = {
      midnight: '2024-03-01',
      evening: '2024-03-01T23:30:00Z',
      // 23:00 on the day before, in UTC.
      ahead: '2024-03-01T01:00:00+02:00',
      // 02:00 on the day after, in UTC; without a colon.
      behind: '2024-03-01 21:00-0500',
      noZone: '2024-03-01T12:00',
      month: '2024-03',
      year: '2024',
    };
    for (const [id, publishedAt] of Object.entries(dates)) await put(store, id, { publishedAt });
    await put(store, 'undated', {});
    const published = on('published_at');
    expect(await published('eq', '2024-03-01')).toEqual(['evening', 'midnight', 'month', 'noZone']);
    expect(await published('ne', '2024-03-01')).toEqual(['ahead', 'behind', 'undated', 'year']);
    expect(await published('lt', '2024-03-01')).toEqual(['ahead', 'year']);
    expect(await published('lte', '2024-03-01')).toEqual([
      'ahead',
      'evening',
      'midnight',
      'month',
      'noZone',
      'year',
    ]);
    expect(await published('gt', '2024-03-01')).toEqual(['behind']);
    expect(await published('gte', '2024-03-01')).toEqual([
      'behind',
      'evening',
      'midnight',
      'month',
      'noZone',
    ]);
    expect(await published('eq', '2024-03-02T02:00Z')).toEqual(['behind']);
    expect(await published('gt', '2024-03-01T21:00:00-05:00')).toEqual([]);
    expect(await published('eq', '2024')).toHaveLength(7);
    expect(await published('in', ['2024-02', '2024-01-01'])).toEqual(['ahead', 'year']);
    expect(await published('nin', ['2024-02', '2024-03'])).toEqual(['undated', 'year']);
  });

  it('takes a date that does not exist for none', async () => {
    await put(store, 'never', { publishedAt: '2024-02-30' });
    expect(await on('published_at')('gte', '0000')).toEqual([]);
    expect(await on('published_at')('ne', '2024')).toEqual(['never']);
  });

  it('compares dates long before 1970', async () => {
    await put(store, 'old', { publishedAt: '0098-05-01' });
    expect(await on('published_at')('eq', '0098-05')).toEqual(['old']);
    expect(await on('published_at')('lt', '0098-05')).toEqual([]);
  });

  it('finds by tag, letter by letter', async () => {
    await put(store, 'a', { tags: ['science', 'نوم'] });
    await put(store, 'b', { tags: ['Science', 'it\'s "so"'] });
    await put(store, 'c', {});
    const tags = on('tags');
    expect(await tags('eq', 'science')).toEqual(['a']);
    expect(await tags('eq', 'نوم')).toEqual(['a']);
    expect(await tags('eq', 'it\'s "so"')).toEqual(['b']);
    expect(await tags('eq', 'sci')).toEqual([]);
    expect(await tags('ne', 'science')).toEqual(['b', 'c']);
    expect(await tags('in', ['Science', 'نوم', 'none'])).toEqual(['a', 'b']);
    expect(await tags('nin', ['Science', 'none'])).toEqual(['a', 'c']);
  });

  it('finds by source and by article', async () => {
    await put(store, 'a', { source: 'one' });
    await put(store, 'b', { source: 'two' });
    await put(store, 'c', { source: "'; DROP TABLE articles; --" });
    expect(await on('source')('eq', 'one')).toEqual(['a']);
    expect(await on('source')('nin', ['one', 'two'])).toEqual(['c']);
    expect(await on('source')('eq', "'; DROP TABLE articles; --")).toEqual(['c']);
    expect(await on('article_id')('in', ['b', 'c', 'nowhere'])).toEqual(['b', 'c']);
    expect(await on('article_id')('ne', 'b')).toEqual(['a', 'c']);
  });

  it('finds by the language of the article as a whole', async () => {
    const mixed = sketchArticle({ id: 'mixed', texts: ['English.', 'نص'], language: 'en' });
    const passages = mixed.passages.map((embedded, i) =>
      i === 1 ? { ...embedded, passage: { ...embedded.passage, language: 'ar' as const } } : embedded,
    );
    await store.putArticle({ ...mixed, passages });
    await store.putArticle(sketchArticle({ id: 'ar', texts: ['عربي'], language: 'ar' }));
    const language = on('language');
    expect(await language('eq', 'ar')).toEqual(['ar']);
    expect(await language('ne', 'ar')).toEqual(['mixed']);
    expect(await language('in', ['ar', 'en'])).toEqual(['ar', 'mixed']);
    const filter = readSearchFilter({ type: 'eq', key: 'language', value: 'en' }, 'filters');
    expect(await store.labels({ fingerprint: MODEL, filter })).toHaveLength(2);
    expect(await store.articles({ filter, limit: 10 })).toMatchObject([{ id: 'mixed' }]);
  });

  it('combines conditions with and, or, and groups in groups', async () => {
    await put(store, 'a', { tags: ['x'], source: 'one' });
    await put(store, 'b', { tags: ['x'], source: 'two' });
    await put(store, 'c', { tags: ['y'], source: 'two' });
    const x = { type: 'eq', key: 'tags', value: 'x' };
    const two = { type: 'eq', key: 'source', value: 'two' };
    const notC = { type: 'ne', key: 'article_id', value: 'c' };
    expect(await admitted({ type: 'and', filters: [x, two] })).toEqual(['b']);
    expect(await admitted({ type: 'or', filters: [x, two] })).toEqual(['a', 'b', 'c']);
    const either = { type: 'or', filters: [x, two] };
    expect(await admitted({ type: 'and', filters: [either, notC] })).toEqual(['a', 'b']);
    expect(await admitted({ type: 'or', filters: [{ type: 'and', filters: [two, notC] }] })).toEqual(['b']);
  });

  it('narrows by language and fingerprint, too, and gives labels rising', async () => {
    const last = sketchArticle({ id: 'z', texts: ['نص'], language: 'ar' });
    const first = await store.putArticle(sketchArticle({ id: 'en', texts: ['One', 'Two'] }));
    await store.putArticle(last);
    await store.putArticle(sketchArticle({ id: 'other', texts: ['Three'], fingerprint: 'model-b' }));
    const again = await store.putArticle(sketchArticle({ id: 'en', texts: ['One', 'Two', 'Three'] }));
    const filter = readSearchFilter({ type: 'eq', key: 'tags', value: 'one' }, 'filters');
    const labels = [...first.added, ...again.added].map(({ label }) => label);
    expect([...(await store.labels({ fingerprint: MODEL, filter, languages: ['en'] }))]).toEqual(labels);
    expect(await store.labels({ fingerprint: MODEL, filter, languages: [] })).toHaveLength(0);
    expect(await store.labels({ fingerprint: 'model-b', filter })).toHaveLength(1);
    expect(await store.labels({ fingerprint: 'model-c', filter })).toHaveLength(0);
  });

  it('sees every change at once, and is not changed by what callers do with an answer', async () => {
    const tags = on('tags');
    await put(store, 'a', { tags: ['x'], publishedAt: '2024' });
    expect(await tags('eq', 'x')).toEqual(['a']);
    const filter = readSearchFilter({ type: 'eq', key: 'tags', value: 'x' }, 'filters');
    (await store.labels({ fingerprint: MODEL, filter })).fill(0);
    expect(await tags('eq', 'x')).toEqual(['a']);
    await put(store, 'b', { tags: ['x'] });
    expect(await tags('eq', 'x')).toEqual(['a', 'b']);
    await put(store, 'a', { tags: ['y'], publishedAt: '2025' });
    expect(await tags('eq', 'x')).toEqual(['b']);
    expect(await on('published_at')('eq', '2024')).toEqual([]);
    expect(await on('published_at')('eq', '2025')).toEqual(['a']);
    await store.removeArticles([asArticleId('b')]);
    expect(await tags('eq', 'x')).toEqual([]);
  });

  it('takes as many conditions and values as the interface allows', async () => {
    await put(store, 'a', { tags: ['t7'], publishedAt: '2024-01-01T00:00:07Z' });
    const values = Array.from({ length: 1_000 }, (_, i) => `t${i}`);
    const instants = Array.from({ length: 1_000 }, (_, i) =>
      new Date(Date.UTC(2024, 0, 1) + i * 1_000).toJSON(),
    );
    const conditions = Array.from({ length: 50 }, () => [
      { type: 'in', key: 'tags', value: values },
      { type: 'in', key: 'published_at', value: instants },
    ]).flat();
    expect(await admitted({ type: 'and', filters: conditions })).toEqual(['a']);
    const none = conditions.map((condition) => ({ ...condition, type: 'nin' }));
    expect(await admitted({ type: 'or', filters: none })).toEqual([]);
  });

  it('tells passages of one article by one number, those of others by others', async () => {
    const [one, two] = await put(store, 'a', { texts: ['One', 'Two'] });
    const [three] = await put(store, 'b', { texts: ['Three'] });
    const rows = await store.rankingRows([one!, two!, three!]);
    const [first, second, other] = rows.map(({ articleNumber }) => articleNumber);
    expect(first).toBe(second);
    expect(other).not.toBe(first);
    await put(store, 'a', { texts: ['One', 'Two', 'Four'] });
    const labels = [...(await store.labels({ fingerprint: MODEL }))];
    const numbers = (await store.rankingRows(labels)).map(({ articleNumber }) => articleNumber);
    expect(new Set(numbers).size).toBe(2);
  });
});

describe('article store contract, filters: all adapters', () => {
  const tags = ['x', 'y', 'وسم'];
  const dates = [
    '2024',
    '2024-02',
    '2024-02-29',
    '2024-02-29T12:00Z',
    '2024-03-01T00:00:00.5+01:00',
    '1969-12-31',
  ];
  const condition = fc.oneof(
    fc.record({
      type: fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte'),
      key: fc.constant('published_at'),
      value: fc.constantFrom(...dates),
    }),
    fc.record({
      type: fc.constantFrom('in', 'nin'),
      key: fc.constant('published_at'),
      value: fc.subarray(dates, { minLength: 1 }),
    }),
    fc.record({
      type: fc.constantFrom('in', 'nin'),
      key: fc.constant('tags'),
      value: fc.subarray(tags, { minLength: 1 }),
    }),
    fc.record({
      type: fc.constantFrom('eq', 'ne'),
      key: fc.constantFrom('source', 'article_id'),
      value: fc.constantFrom('one', 'two', 'a0', 'a7'),
    }),
    fc.record({
      type: fc.constantFrom('eq', 'ne'),
      key: fc.constant('language'),
      value: fc.constantFrom('ar', 'en'),
    }),
  );
  const { filter: anyFilter } = fc.letrec<{ filter: unknown }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      condition,
      fc.record({
        type: fc.constantFrom('and', 'or'),
        filters: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
      }),
    ),
  }));

  it('admit the same passages, whatever the filter', async () => {
    const folder = makeFolder();
    const stores = await Promise.all(STORE_ADAPTERS.map(({ open }) => open(folder)));
    try {
      const articles = Array.from({ length: 24 }, (_, i): Facts => {
        const publishedAt = [...dates, undefined][i % (dates.length + 1)];
        return {
          source: i % 2 === 0 ? 'one' : 'two',
          tags: tags.filter((_tag, at) => (i >> at) % 2 === 1),
          texts: [`First ${i}`, `Second ${i}`],
          ...(publishedAt === undefined ? {} : { publishedAt }),
        };
      });
      for (const store of stores) {
        for (const [i, facts] of articles.entries()) await put(store, `a${i}`, facts);
      }
      await fc.assert(
        fc.asyncProperty(anyFilter, async (given) => {
          const filter: SearchFilter = readSearchFilter(given, 'filters');
          const [memory, sqlite] = await Promise.all(
            stores.map((store) => store.labels({ fingerprint: MODEL, filter })),
          );
          expect(sqlite).toEqual(memory);
        }),
        { numRuns: 300 },
      );
    } finally {
      for (const store of stores) await store.close();
      removeFolder(folder);
    }
  });
});

describe('article store on disk, filters: sqlite', () => {
  it('answers from what is kept of the last 16 filters, and goes on beyond them', async () => {
    const folder = makeFolder();
    const store = await openSqlite(folder);
    try {
      await put(store, 'a', { tags: ['t3'] });
      for (let round = 0; round < 2; round += 1) {
        for (let i = 0; i < 40; i += 1) {
          const filter = readSearchFilter({ type: 'eq', key: 'tags', value: `t${i}` }, 'filters');
          expect(await store.labels({ fingerprint: MODEL, filter })).toHaveLength(i === 3 ? 1 : 0);
        }
      }
    } finally {
      await store.close();
      removeFolder(folder);
    }
  });
});
