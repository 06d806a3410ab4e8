import { beforeEach, describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import { CachingEmbedder } from '../../src/embedding/caching-embedder.js';
import { FakeEmbedder } from '../../src/embedding/fake-embedder.js';
import { applyChange } from '../../src/ingest/apply-change.js';
import { KeptResults } from '../../src/search/kept-results.js';
import { type SearchResult, searchPassages } from '../../src/search/search-passages.js';
import { SEARCH_DEFAULTS, type SearchRequest } from '../../src/search/search-request.js';
import type { StoredArticleInput } from '../../src/storage/article-store.js';
import { openMemoryArticleStore } from '../../src/storage/memory-article-store.js';
import { RecordedStages } from '../../src/telemetry/search-stages.js';
import { openExactVectorIndex } from '../../src/vector-index/exact-vector-index.js';
import { sketchArticle } from '../contract/article-store-fixtures.js';
import { searchDependenciesOver } from '../unit/search/search-dependencies.js';

const model = new FakeEmbedder();

async function sketch(id: string, text: string): Promise<StoredArticleInput> {
  const { fingerprint, dimensions } = model;
  const input = sketchArticle({ id, texts: [text], fingerprint, dimensions });
  const [embedding] = await model.embedPassages([text]);
  return {
    ...input,
    passages: input.passages.map(({ passage }) => ({
      passage,
      embedding: embedding!,
      sentenceEmbeddings: [],
    })),
    titleEmbedding: (await model.embedPassages([input.article.title]))[0]!,
  };
}

/** Store, index, both caches and the search, put together as the program does it. */
function openArchive() {
  const inner = new FakeEmbedder();
  const embedder = new CachingEmbedder(inner, { mostEntries: 10 });
  const store = openMemoryArticleStore();
  const index = openExactVectorIndex({ dimensions: embedder.dimensions });
  const results = new KeptResults({ store, index, mostBytes: 1_000_000 });
  const parts = { ...searchDependenciesOver({ embedder: inner, store, index }), embedder };
  return {
    inner,
    results,
    store,
    toIndex: async (input: StoredArticleInput) => {
      const change = await store.putArticle(input);
      return () => applyChange(change, input.passages, parts.centring, index);
    },
    search: (request: Partial<SearchRequest> & { query: string }, stages?: RecordedStages) => {
      const whole = { ...SEARCH_DEFAULTS, ...request };
      return results.of(whole, () => searchPassages(parts, whole, { stages }));
    },
  };
}

const articlesOf = ({ hits }: SearchResult) => hits.map(({ articleId }) => articleId);

describe('a question that is asked again', () => {
  let archive: ReturnType<typeof openArchive>;
  beforeEach(async () => {
    archive = openArchive();
    const finish = await archive.toIndex(await sketch('bridge', 'The old stone bridge over the river.'));
    await finish();
  });

  it('gets the same result without a search', async () => {
    const first = await archive.search({ query: 'stone bridge' });
    const stages = new RecordedStages();
    expect(await archive.search({ query: 'stone bridge' }, stages)).toEqual(first);
    expect(stages.times).toEqual([]);
  });

  it('is embedded once, whatever else the requests ask for', async () => {
    for (const request of [
      { limit: 1 },
      { mode: 'dense' },
      { explain: true },
      { languages: ['en'] },
    ] as const) {
      await archive.search({ query: 'stone bridge', ...request });
    }
    await archive.search({ query: ' stone  bridge' });
    expect(archive.inner.embeddedTexts).toBe(1);
    expect(archive.results.figures()).toMatchObject({ hits: 0, misses: 5 });
  });

  it('finds what was added since, and not what is gone', async () => {
    const query = 'stone bridge';
    expect(articlesOf(await archive.search({ query }))).toEqual(['bridge']);
    const finish = await archive.toIndex(await sketch('second', 'A second stone bridge, of granite.'));
    await finish();
    expect(articlesOf(await archive.search({ query })).sort()).toEqual(['bridge', 'second']);
    const { removed } = await archive.store.removeArticles([asArticleId('bridge')]);
    expect(removed).toHaveLength(1);
    expect(articlesOf(await archive.search({ query }))).toEqual(['second']);
  });

  it('finds what was asked for while it was stored, but not in the index yet', async () => {
    const request = { query: 'stone bridge', mode: 'dense' } as const;
    const finish = await archive.toIndex(await sketch('second', 'A second stone bridge, of granite.'));
    const between = await archive.search(request);
    expect(articlesOf(between)).toEqual(['bridge']);
    await finish();
    const after = await archive.search(request);
    expect(after.indexGeneration).toBe(between.indexGeneration);
    expect(articlesOf(after).sort()).toEqual(['bridge', 'second']);
  });
});
