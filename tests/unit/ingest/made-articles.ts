import { asArticleId, type RawArticle } from '../../../src/domain/article.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { searchPassages } from '../../../src/search/search-passages.js';
import { SEARCH_DEFAULTS } from '../../../src/search/search-request.js';
import { openMemoryArticleStore } from '../../../src/storage/memory-article-store.js';
import { openExactVectorIndex } from '../../../src/vector-index/exact-vector-index.js';
import { searchDependenciesOver } from '../search/search-dependencies.js';

/** One paragraph about a thing: a passage of a few sentences, each with a fact of its own. */
export const words = (subject: string) =>
  `The ${subject} was built by hand over many years. Its keeper wrote a diary about every stone of the ${subject}. ` +
  `Visitors from nearby towns still walk to the ${subject} each spring, and they bring bread, olives and stories. ` +
  `Nobody remembers who first painted the door of the ${subject} green, but it has stayed green since then.`;

export function rawArticle(id: string, text: string, file = `${id}.txt`): RawArticle {
  return { id: asArticleId(id), title: `About ${id}`, text, tags: [], origin: { file } };
}

/** An archive in memory, with all that changes and searches it. */
export function openMadeArchive(options: { fingerprint?: string } = {}) {
  const embedder = new FakeEmbedder(options);
  const store = openMemoryArticleStore();
  const index = openExactVectorIndex({ dimensions: embedder.dimensions });
  const dependencies = searchDependenciesOver({ embedder, store, index });
  const search = (query: string) => searchPassages(dependencies, { ...SEARCH_DEFAULTS, query });
  return { ...dependencies, search };
}
