import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { findRelatedPassages, type RelatedResult } from '../../../src/search/find-related-passages.js';
import type { RankingWeights } from '../../../src/search/ranking-weights.js';
import type { RelatedRequest } from '../../../src/search/related-request.js';
import { type SearchResult, searchPassages } from '../../../src/search/search-passages.js';
import { SEARCH_DEFAULTS, type SearchRequest } from '../../../src/search/search-request.js';
import type { SearchRun } from '../../../src/search/search-run.js';
import type { ArticleStore, StoredArticleInput } from '../../../src/storage/article-store.js';
import { openMemoryArticleStore } from '../../../src/storage/memory-article-store.js';
import { openExactVectorIndex } from '../../../src/vector-index/exact-vector-index.js';
import { type ArticleSketch, sketchArticle } from '../../contract/article-store-fixtures.js';
import { searchDependenciesOver } from './search-dependencies.js';

export interface ArchivedArticle extends ArticleSketch {
  readonly publishedAt?: string;
  readonly tags?: readonly string[];
  readonly url?: string;
}

/** An archive in memory that is searched as the program searches; its embedder knows words, but no meaning. */
export interface SearchArchive {
  readonly embedder: FakeEmbedder;
  readonly store: ArticleStore;
  search(request: Partial<SearchRequest> & { query: string }, run?: SearchRun): Promise<SearchResult>;
  related(request: RelatedRequest, signal?: AbortSignal): Promise<RelatedResult>;
}

/** @param articles  One passage a text; sentences end at full stops. */
export async function openSearchArchive(
  articles: readonly ArchivedArticle[],
  weights?: RankingWeights,
): Promise<SearchArchive> {
  const embedder = new FakeEmbedder();
  const store = openMemoryArticleStore();
  const index = openExactVectorIndex({ dimensions: embedder.dimensions });
  for (const article of articles) {
    const input = await embedded(article, embedder);
    const { added } = await store.putArticle(input);
    const vectors = new Map(input.passages.map(({ passage, embedding }) => [passage.id, embedding]));
    await index.add(added.map(({ label, passageId }) => ({ label, vector: vectors.get(passageId)! })));
  }
  const dependencies = searchDependenciesOver({ embedder, store, index }, weights);
  return {
    embedder,
    store,
    related: (request, signal) => findRelatedPassages({ ...dependencies, relatedFit: null }, request, signal),
    search: (request, run) => searchPassages(dependencies, { ...SEARCH_DEFAULTS, ...request }, run),
  };
}

async function embedded(
  { publishedAt, tags, url, ...sketch }: ArchivedArticle,
  embedder: FakeEmbedder,
): Promise<StoredArticleInput> {
  const { fingerprint, dimensions } = embedder;
  const input = sketchArticle({ ...sketch, fingerprint, dimensions });
  const { title } = input.article;
  const passages = input.passages.map(async ({ passage }) => {
    const sentences = passage.sentences.map(({ start, end }) => passage.text.slice(start, end));
    const [embedding] = await embedder.embedPassages([passage.text]);
    const sentenceEmbeddings = sentences.length > 1 ? await embedder.embedPassages(sentences) : [];
    return { passage, embedding: embedding!, sentenceEmbeddings };
  });
  return {
    ...input,
    article: {
      ...input.article,
      ...(publishedAt === undefined ? {} : { publishedAt }),
      ...(tags === undefined ? {} : { tags }),
      ...(url === undefined ? {} : { url }),
    },
    passages: await Promise.all(passages),
    titleEmbedding: title === '' ? null : (await embedder.embedPassages([title]))[0]!,
  };
}
