import type { AnswerModels } from './answerability.js';
import type { RankingWeights } from './ranking-weights.js';

/**
 * Written by `npm run tune -- xquad-ar-ar xquad-en-en xquad-en-ar xquad-ar-en xquad-mixed`, not by hand. Model: fihrist-e5-small@8c5be1bb36d8d13e.
 *
 * nDCG@10      tuning half  cross-validated  held-out half
 * xquad-ar-ar       0.9783           0.9766         0.9702
 * xquad-en-en       0.9882           0.9876         0.9839
 * xquad-en-ar       0.9664           0.9619         0.9569
 * xquad-ar-en       0.9439           0.9420         0.9412
 * xquad-mixed       0.9750           0.9716         0.9676
 *
 * best passage           answerable missed  passed, answer left out  passed, subject left out  cases
 * in the same language               5.7 %                   25.0 %                     2.2 %  5,309
 * in the other language              5.7 %                   54.9 %                    19.9 %  4,244
 */
export const TUNED_WEIGHTS: RankingWeights = {
  sentence: 0.4,
  title: 0.1,
  words: 0.2,
  grams: 0.1,
  phrases: 0.02,
  expectedWords: {
    intercept: -0.1,
    slope: 0.6,
  },
  translated: 0.3,
  leader: {
    weight: 1,
    from: 0.5,
  },
  keywordGrams: 0.25,
};

export const TUNED_ANSWER_MODELS: AnswerModels = {
  sameLanguage: {
    intercept: -12.2861,
    weights: {
      passage: -0.4141,
      sentence: 10.2459,
      words: -1.2396,
      coverage: 8.2007,
      missing: 2.6854,
      grams: 0.5084,
      translated: 0,
      untranslated: 0,
      known: 0,
      brevity: 0,
      lead: 8.6101,
    },
    threshold: 0.3223,
  },
  acrossLanguages: {
    intercept: -8.3183,
    weights: {
      passage: -0.4145,
      sentence: 12.7819,
      words: 0,
      coverage: 0,
      missing: 0,
      grams: 0,
      translated: 4.9628,
      untranslated: 2.4998,
      known: -3.3528,
      brevity: 2.4196,
      lead: 11.8901,
    },
    threshold: 0.1774,
  },
};
