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
interface Parts {
  take(feature: Feature, value: number, weight: number): void;
}

/** An object, since a number that a closure adds to is a new one on the heap at every step, of thousands a search. */
class Sum implements Parts {
  total = 0;

  take(_feature: Feature, value: number, weight: number): void {
    this.total += value * weight;
  }
}

class PartList implements Parts {
  readonly parts: ScorePart[] = [];

  take(feature: Feature, value: number, weight: number): void {
    this.parts.push(part(feature, value, weight));
  }
}

/**
 * The score of a candidate. Hybrid and dense scores are 0 for what has nothing to do with the question; 1 is the most
 * there is, but for words that a passage repeats and quoted phrases.
 *
 * A passage without a title neither wins nor loses by it. A passage in the other language gets the words that a passage
 * of its dense score has on average, so that words order the passages of one language and do not push the other down.
 */
export function scoreOf(features: CandidateFeatures, options: ScoringOptions): number {
  const sum = new Sum();
  takeParts(features, options, sum);
  return sum.total;
}

/** What `scoreOf` is made of: the shares add up to it. */
export function scoreParts(features: CandidateFeatures, options: ScoringOptions): ScorePart[] {
  const list = new PartList();
  takeParts(features, options, list);
  return list.parts;
}

export function part(feature: Feature, value: number, weight: number): ScorePart {
  return { feature, value, weight, share: value * weight };
}

function takeParts(features: CandidateFeatures, options: ScoringOptions, into: Parts): void {
  const { mode, queryLanguage, weights } = options;
  if (mode === 'keyword') {
    const whole = 1 + weights.keywordGrams;
    into.take('words', features.words, 1 / whole);
    into.take('grams', features.grams, weights.keywordGrams / whole);
    return;
  }
  if (mode === 'dense') {
    takeDenseParts(features, { weights, whole: 1 }, into);
    return;
  }
  const whole = 1 + weights.words + weights.grams;
  takeDenseParts(features, { weights, whole: 1 / whole }, into);
  if (features.language === queryLanguage) {
    into.take('words', features.words, weights.words / whole);
    into.take('grams', features.grams, weights.grams / whole);
    into.take('phrases', features.phrases, weights.phrases / whole);
    return;
  }
  const { intercept, slope } = weights.expectedWords;
  const dense = new Sum();
  takeDenseParts(features, { weights, whole: 1 }, dense);
  into.take(
    'expected_words',
    Math.max(0, intercept + slope * dense.total),
    (weights.words + weights.grams) / whole,
  );
  into.take('translated', features.translated, weights.translated / whole);
}

function takeDenseParts(
  { passage, sentence, title }: CandidateFeatures,
  { weights, whole }: { readonly weights: RankingWeights; readonly whole: number },
  into: Parts,
): void {
  const text = title === null ? whole : whole / (1 + weights.title);
  into.take('passage', passage, (1 - weights.sentence) * text);
  into.take('sentence', sentence, weights.sentence * text);
  if (title !== null) into.take('title', title, weights.title * text);
}
