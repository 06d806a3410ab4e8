import type { AnswerModels } from './answerability.js';
import type { RankingWeights } from './ranking-weights.js';

/**
 * Written by `npm run tune -- xquad-ar-ar xquad-en-en xquad-en-ar xquad-ar-en xquad-mixed`, not by hand. Model: fihrist-e5-small@8c5be1bb36d8d13e.
 *
 * nDCG@10      tuning half  cross-validated  held-out half
 * xquad-ar-ar       0.9783           0.9755         0.9710
 * xquad-en-en       0.9882           0.9866         0.9849
 * xquad-en-ar       0.9425           0.9399         0.9349
 * xquad-ar-en       0.9084           0.9042         0.9000
 * xquad-mixed       0.9707           0.9694         0.9629
 *
 * best passage           answerable missed  passed, answer left out  passed, subject left out  cases
 * in the same language               5.7 %                   25.5 %                     2.1 %  5,386
 * in the other language              6.9 %                   65.4 %                    32.7 %  4,168
 */
export const TUNED_WEIGHTS: RankingWeights = {
  sentence: 0.55,
  title: 0.1,
  words: 0.2,
  grams: 0.1,
  phrases: 0.02,
  expectedWords: {
    intercept: -0.1,
    slope: 1,
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
    intercept: -12.4835,
    weights: {
      passage: 0.4562,
      sentence: 9.6683,
      words: -1.0806,
      coverage: 8.1811,
      missing: 2.736,
      grams: 0.5436,
      translated: 0,
      untranslated: 0,
      known: 0,
      brevity: 0,
      lead: 8.0934,
    },
    threshold: 0.3216,
  },
  acrossLanguages: {
    intercept: -8.6887,
    weights: {
      passage: 2.1851,
      sentence: 13.3148,
      words: 0,
      coverage: 0,
      missing: 0,
      grams: 0,
      translated: 0,
      untranslated: 0,
      known: 0,
      brevity: 0,
      lead: 12.0856,
    },
    threshold: 0.1815,
  },
};
