import { expect, it, onTestFinished } from 'vitest';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { gatherCandidates } from '../../../src/search/gather-candidates.js';
import { KeptCandidates } from '../../../src/search/kept-candidates.js';
import { SEARCH_DEFAULTS } from '../../../src/search/search-request.js';
import { WordTranslations } from '../../../src/search/word-translations.js';
import { openMemoryArticleStore } from '../../../src/storage/memory-article-store.js';
import { openExactVectorIndex } from '../../../src/vector-index/exact-vector-index.js';

it('fails once, and nothing unheard, when the model fails while the store is slow', async () => {
  const unheard: unknown[] = [];
  const listen = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', listen);
  onTestFinished(() => void process.off('unhandledRejection', listen));
  const store = openMemoryArticleStore();
  store.generation = () => new Promise((resolve) => setTimeout(() => resolve(1), 30));
  const dependencies = {
    embedder: { fingerprint: 'model', embedQueries: () => Promise.reject(new Error('the model stopped')) },
    centring: NO_CENTRING,
    translations: new WordTranslations(''),
    index: openExactVectorIndex({ dimensions: 8 }),
    store,
    keptCandidates: new KeptCandidates({ store, centring: NO_CENTRING, dimensions: 8 }),
  };
  await expect(gatherCandidates(dependencies, { ...SEARCH_DEFAULTS, query: 'moon' })).rejects.toThrow(
    'the model stopped',
  );
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(unheard).toEqual([]);
});
