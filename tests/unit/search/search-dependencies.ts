import { NO_CENTRING } from '../../../src/embedding/centring.js';
import type { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { ArticleLocks } from '../../../src/ingest/article-locks.js';
import type { AnswerModels } from '../../../src/search/answerability.js';
import { KeptCandidates } from '../../../src/search/kept-candidates.js';
import { KeptPassageRecords } from '../../../src/search/kept-passage-records.js';
import type { RankingWeights } from '../../../src/search/ranking-weights.js';
import type { SearchDependencies } from '../../../src/search/search-passages.js';
import { WordTranslations } from '../../../src/search/word-translations.js';

/** Every part counts; none by a number that another has too. Tests must not change when weights are tuned. */
export const WEIGHTS: RankingWeights = {
  sentence: 0.6,
  title: 0.2,
  words: 0.3,
  phrases: 0.4,
  grams: 0.1,
  expectedWords: { intercept: 0.05, slope: 0.5 },
  translated: 0.07,
  leader: { weight: 0.5, from: 0.8 },
  keywordGrams: 0.25,
};

const MODEL = {
  intercept: -4,
  weights: {
    passage: 4,
    sentence: 4,
    words: 2,
    coverage: 0,
    missing: 0,
    grams: 2,
    translated: 1,
    untranslated: 0,
    known: 0,
    brevity: 0,
    lead: 4,
  },
  threshold: 0.5,
};
const ANSWER_MODELS: AnswerModels = { sameLanguage: MODEL, acrossLanguages: MODEL };

/** All that a search reads, over parts in memory. */
export function searchDependenciesOver<
  Parts extends Pick<SearchDependencies, 'store' | 'index'> & { readonly embedder: FakeEmbedder },
>(parts: Parts, weights = WEIGHTS) {
  const { store, embedder } = parts;
  return {
    ...parts,
    centring: NO_CENTRING,
    translations: new WordTranslations(''),
    locks: new ArticleLocks(),
    keptCandidates: new KeptCandidates({ store, centring: NO_CENTRING, dimensions: embedder.dimensions }),
    passageRecords: new KeptPassageRecords(store),
    weights,
    answerModels: ANSWER_MODELS,
  } satisfies SearchDependencies;
}
