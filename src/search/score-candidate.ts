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

/** Told the parts of a score one after the other. */
type TakePart = (feature: Feature, value: number, weight: number) => void;

/**
 * The score of a candidate. Hybrid and dense scores are 0 for what has nothing to do with the question; 1 is the most
 * there is, but for words that a passage repeats and quoted phrases.
 *
 * A passage without a title neither wins nor loses by it. A passage in the other language gets the words that a passage
 * of its dense score has on average, so that words order the passages of one language and do not push the other down.
 */
export function scoreOf(features: CandidateFeatures, options: ScoringOptions): number {
  let score = 0;
  eachPart(features, options, (_, value, weight) => {
    score += value * weight;
  });
  return score;
}

/** What `scoreOf` is made of: the shares add up to it. */
export function scoreParts(features: CandidateFeatures, options: ScoringOptions): ScorePart[] {
  const parts: ScorePart[] = [];
  eachPart(features, options, (feature, value, weight) => parts.push(part(feature, value, weight)));
  return parts;
}

export function part(feature: Feature, value: number, weight: number): ScorePart {
  return { feature, value, weight, share: value * weight };
}

function eachPart(features: CandidateFeatures, options: ScoringOptions, take: TakePart): void {
  const { mode, queryLanguage, weights } = options;
  if (mode === 'keyword') {
    const whole = 1 + weights.keywordGrams;
    take('words', features.words, 1 / whole);
    take('grams', features.grams, weights.keywordGrams / whole);
    return;
  }
  if (mode === 'dense') {
    eachDensePart(features, weights, 1, take);
    return;
  }
  const whole = 1 + weights.words + weights.grams;
  eachDensePart(features, weights, 1 / whole, take);
  if (features.language === queryLanguage) {
    take('words', features.words, weights.words / whole);
    take('grams', features.grams, weights.grams / whole);
    take('phrases', features.phrases, weights.phrases / whole);
    return;
  }
  const { intercept, slope } = weights.expectedWords;
  let denseScore = 0;
  eachDensePart(features, weights, 1, (_, value, weight) => {
    denseScore += value * weight;
  });
  take(
    'expected_words',
    Math.max(0, intercept + slope * denseScore),
    (weights.words + weights.grams) / whole,
  );
  take('translated', features.translated, weights.translated / whole);
}

function eachDensePart(
  { passage, sentence, title }: CandidateFeatures,
  weights: RankingWeights,
  whole: number,
  take: TakePart,
): void {
  const text = title === null ? whole : whole / (1 + weights.title);
  take('passage', passage, (1 - weights.sentence) * text);
  take('sentence', sentence, weights.sentence * text);
  if (title !== null) take('title', title, weights.title * text);
}
