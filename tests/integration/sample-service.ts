import { fileURLToPath } from 'node:url';
import { createFolderArticleSource } from '../../src/corpus/folder-article-source.js';
import { FakeEmbedder } from '../../src/embedding/fake-embedder.js';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import { deleteArticle } from '../../src/ingest/delete-article.js';
import { ingestArticles } from '../../src/ingest/ingest-articles.js';
import { writeArticles } from '../../src/ingest/write-articles.js';
import { findRelatedPassages } from '../../src/search/find-related-passages.js';
import { searchPassages } from '../../src/search/search-passages.js';
import { openMemoryArticleStore } from '../../src/storage/memory-article-store.js';
import { PrometheusServiceMetrics } from '../../src/telemetry/prometheus-service-metrics.js';
import { openExactVectorIndex } from '../../src/vector-index/exact-vector-index.js';
import { interfacesOver } from '../unit/http/start-interfaces-server.js';
import { startTestServer, type TestServer } from '../unit/http/start-test-server.js';
import { searchDependenciesOver } from '../unit/search/search-dependencies.js';
import { sampleFigures } from '../unit/telemetry/sample-figures.js';

const articles = fileURLToPath(new URL('../../corpus/articles', import.meta.url));

/** The service over the sample archive, in memory; its embedder knows words, but no meaning. */
export async function startSampleService(overrides: Partial<HttpServerOptions> = {}): Promise<TestServer> {
  const embedder = new FakeEmbedder();
  const store = openMemoryArticleStore();
  const index = openExactVectorIndex({ dimensions: embedder.dimensions });
  const parts = searchDependenciesOver({ embedder, store, index });
  await ingestArticles(createFolderArticleSource(articles), parts, { sourceName: 'corpus' });
  return startTestServer({
    search: (request, run) => searchPassages(parts, request, run),
    related: (request) => findRelatedPassages({ ...parts, relatedFit: null }, request),
    article: (id) => store.article(id),
    articles: (options) => store.articles(options),
    writeArticles: (given, options) => writeArticles(given, parts, { ...options, sourceName: 'api' }),
    deleteArticle: (id, how) => deleteArticle(id, parts, { ...how, lastingSource: 'corpus' }),
    metrics: new PrometheusServiceMetrics({ version: '1.2.3', figures: async () => sampleFigures }),
    interfaces: interfacesOver(embedder),
    ...overrides,
  });
}
