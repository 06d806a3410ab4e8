import type { Language } from '../domain/language.js';
import type { ScorePart } from '../domain/ranked-passage.js';
import type { CandidateFeatures } from './candidate-features.js';
import type { Feature, RankingWeights } from './ranking-weights.js';
import type { SearchMode } from './search-request.js';

export interface ScoringOptions {
  readonly mode: SearchMode;
  readonly queryLanguage: Language;
  readonly weights: RankingWeights;
}

/**
 * The score of a candidate as its parts, which add up to it. Hybrid and dense scores are 0 for what has nothing to do
 * with the question; 1 is the most there is, but for words that a passage repeats and quoted phrases.
 *
 * A passage without a title neither wins nor loses by it. A passage in the other language gets the words that a passage
 * of its dense score has on average, so that words order the passages of one language and do not push the other down.
 */
export function scoreParts(features: CandidateFeatures, options: ScoringOptions): ScorePart[] {
  const { mode, queryLanguage, weights } = options;
  if (mode === 'keyword') {
    const whole = 1 + weights.keywordGrams;
    return [
      part('words', features.words, 1 / whole),
      part('grams', features.grams, weights.keywordGrams / whole),
    ];
  }
  if (mode === 'dense') return denseParts(features, weights, 1);
  const whole = 1 + weights.words + weights.grams;
  const dense = denseParts(features, weights, 1 / whole);
  if (features.language === queryLanguage) {
    return [
      ...dense,
      part('words', features.words, weights.words / whole),
      part('grams', features.grams, weights.grams / whole),
      part('phrases', features.phrases, weights.phrases / whole),
    ];
  }
  const denseScore = totalOf(denseParts(features, weights, 1));
  const { intercept, slope } = weights.expectedWords;
  return [
    ...dense,
    part(
      'expected_words',
      Math.max(0, intercept + slope * denseScore),
      (weights.words + weights.grams) / whole,
    ),
    part('skeletons', features.skeletons, weights.skeletons / whole),
  ];
}

export function totalOf(parts: readonly ScorePart[]): number {
  return parts.reduce((sum, { share }) => sum + share, 0);
}

export function part(feature: Feature, value: number, weight: number): ScorePart {
  return { feature, value, weight, share: value * weight };
}

function denseParts(features: CandidateFeatures, weights: RankingWeights, whole: number): ScorePart[] {
  const { passage, sentence, title } = features;
  const text = title === null ? whole : whole / (1 + weights.title);
  const parts = [
    part('passage', passage, (1 - weights.sentence) * text),
    part('sentence', sentence, weights.sentence * text),
  ];
  return title === null ? parts : [...parts, part('title', title, weights.title * text)];
}
