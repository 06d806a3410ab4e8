import type { AnswerModels } from './answerability.js';
import type { RankingWeights } from './ranking-weights.js';

/**
 * Written by `npm run tune -- xquad-ar-ar xquad-en-en xquad-en-ar xquad-ar-en xquad-mixed`, not by hand. Model: fihrist-e5-small@8c5be1bb36d8d13e.
 *
 * nDCG@10      tuning half  cross-validated  held-out half
 * xquad-ar-ar       0.9747           0.9740         0.9681
 * xquad-en-en       0.9884           0.9876         0.9844
 * xquad-en-ar       0.9435           0.9417         0.9342
 * xquad-ar-en       0.9085           0.9085         0.8983
 * xquad-mixed       0.9652           0.9638         0.9588
 *
 * best passage           answerable missed  unanswerable passed  cases
 * in the same language               5.6 %               34.5 %  3,910
 * in the other language              6.5 %               65.6 %  3,230
 */
export const TUNED_WEIGHTS: RankingWeights = {
  sentence: 0.5,
  title: 0.1,
  words: 0.2,
  grams: 0.1,
  phrases: 0.3,
  expectedWords: {
    intercept: 0,
    slope: 1,
  },
  skeletons: 0.12,
  leader: {
    weight: 1,
    from: 0.5,
  },
  keywordGrams: 0.25,
};

export const TUNED_ANSWER_MODELS: AnswerModels = {
  sameLanguage: {
    intercept: -8.1535,
    weights: {
      passage: -2.7947,
      sentence: 10.6132,
      words: 2.7712,
      coverage: 0,
      missing: 0,
      grams: 0.4821,
      skeletons: 0,
      lead: 9.1909,
    },
    threshold: 0.2175,
  },
  acrossLanguages: {
    intercept: -5.9884,
    weights: {
      passage: -1.0528,
      sentence: 9.4954,
      words: 0,
      coverage: 0,
      missing: 0,
      grams: 0,
      skeletons: -0.5638,
      lead: 17.4193,
    },
    threshold: 0.1822,
  },
};
