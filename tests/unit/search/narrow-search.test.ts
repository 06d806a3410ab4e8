import { beforeAll, describe, expect, it } from 'vitest';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { readSearchFilter } from '../../../src/search/read-search-filter.js';
import { type SearchDependencies, searchPassages } from '../../../src/search/search-passages.js';
import { SEARCH_DEFAULTS, type SearchRequest } from '../../../src/search/search-request.js';
import { openMemoryArticleStore } from '../../../src/storage/memory-article-store.js';
import { openExactVectorIndex } from '../../../src/vector-index/exact-vector-index.js';
import { sketchArticle } from '../../contract/article-store-fixtures.js';
import { searchDependenciesOver } from './search-dependencies.js';

const DIMENSIONS = 12;
const COUNT = 40;

let dependencies: SearchDependencies;

/** 40 articles of one passage, every fourth in Arabic, one published on each day from 1 January 2024. */
beforeAll(async () => {
  const embedder = new FakeEmbedder({ dimensions: DIMENSIONS });
  const { fingerprint } = embedder;
  const store = openMemoryArticleStore();
  const index = openExactVectorIndex({ dimensions: DIMENSIONS });
  for (let i = 0; i < COUNT; i += 1) {
    const language = i % 4 === 0 ? 'ar' : 'en';
    const input = sketchArticle({ id: `a${i}`, texts: [`Text ${i}`], language, fingerprint });
    const publishedAt = new Date(Date.UTC(2024, 0, 1 + i)).toJSON().slice(0, 10);
    const { added } = await store.putArticle({ ...input, article: { ...input.article, publishedAt } });
    const vector = input.passages[0]!.embedding;
    await index.add(added.map(({ label }) => ({ label, vector })));
  }
  dependencies = searchDependenciesOver({ embedder, store, index });
});

function search(request: Partial<SearchRequest>) {
  return searchPassages(dependencies, { ...SEARCH_DEFAULTS, query: 'text', limit: 100, ...request });
}

const filterOn = (filter: unknown) => readSearchFilter(filter, 'filters');

describe('a search with filters', () => {
  it('finds all that the filter admits and nothing else, and counts it', async () => {
    const filters = filterOn({ type: 'lte', key: 'published_at', value: '2024-01-10' });
    const { hits, total } = await search({ filters });
    expect(total).toBe(10);
    expect(hits.map(({ articleId }) => articleId).sort()).toEqual(
      Array.from({ length: 10 }, (_, i) => `a${i}`),
    );
  });

  it.each(['dense', 'keyword'] as const)('ranks as it does without the filter (%s)', async (mode) => {
    const filters = filterOn({ type: 'gt', key: 'published_at', value: '2024-01-10' });
    const narrowed = await search({ filters, mode });
    const ids = new Set(narrowed.hits.map(({ id }) => id));
    const all = await search({ mode });
    expect(all.total).toBe(COUNT);
    expect(narrowed.hits).toEqual(all.hits.filter(({ id }) => ids.has(id)));
  });

  it('applies languages, too', async () => {
    const filters = filterOn({ type: 'lte', key: 'published_at', value: '2024-01-10' });
    const { hits, total } = await search({ filters, languages: ['ar'] });
    expect(total).toBe(3);
    expect(hits.map(({ articleId }) => articleId).sort()).toEqual(['a0', 'a4', 'a8']);
  });

  it('finds nothing when nothing is admitted', async () => {
    const filters = filterOn({ type: 'eq', key: 'source', value: 'nowhere' });
    expect(await search({ filters })).toMatchObject({ hits: [], total: 0 });
  });
});
