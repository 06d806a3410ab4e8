import type { CandidateFeatures } from '../../../src/search/candidate-features.js';

/** A candidate in Arabic that has nothing to do with the question, but for what is given. */
export function madeFeatures(features: Partial<CandidateFeatures> & { label: number }): CandidateFeatures {
  return {
    articleNumber: features.label,
    language: 'ar',
    foundBy: ['dense'],
    passage: 0,
    sentence: features.passage ?? 0,
    sentenceIndex: 0,
    title: null,
    phrases: 0,
    words: 0,
    coverage: 0,
    missing: 0,
    grams: 0,
    translated: 0,
    untranslated: 0,
    known: 0,
    brevity: 0,
    ...features,
  };
}
