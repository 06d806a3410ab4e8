import type { RankingWeights } from '../../search/ranking-weights.js';
import type { SearchMode } from '../../search/search-request.js';

/** One number of the weights, and the values that are tried. */
export interface WeightKnob {
  readonly values: readonly number[];
  /** In which it is judged. */
  readonly mode: SearchMode;
  set(weights: RankingWeights, value: number): RankingWeights;
}

/**
 * In the order in which they are turned. The title's weight is not among them: question sets in BEIR form have
 * paragraphs without titles of their own.
 */
export const WEIGHT_KNOBS: readonly WeightKnob[] = [
  hybrid(steps(0.35, 0.65, 0.05), (w, sentence) => ({ ...w, sentence })),
  hybrid(steps(0, 0.6, 0.05), (w, words) => ({ ...w, words })),
  hybrid(steps(0, 0.3, 0.05), (w, grams) => ({ ...w, grams })),
  // Never 0: who quotes a phrase wants to see it first when all else is alike.
  hybrid([0.02, 0.05, 0.1, 0.2, 0.3], (w, phrases) => ({ ...w, phrases })),
  hybrid(steps(-0.6, 0.6, 0.1), (w, intercept) => ({
    ...w,
    expectedWords: { ...w.expectedWords, intercept },
  })),
  hybrid(steps(0, 2.4, 0.2), (w, slope) => ({ ...w, expectedWords: { ...w.expectedWords, slope } })),
  hybrid([0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5], (w, translated) => ({ ...w, translated })),
  hybrid(steps(0, 1, 0.1), (w, weight) => ({ ...w, leader: { ...w.leader, weight } })),
  hybrid(steps(0.5, 0.9, 0.05), (w, from) => ({ ...w, leader: { ...w.leader, from } })),
  { mode: 'keyword', values: steps(0, 1, 0.1), set: (w, keywordGrams) => ({ ...w, keywordGrams }) },
];

/**
 * Where tuning begins, always: were it what was chosen last, questions that judge a choice in cross-validation would
 * have had a part in it.
 */
export const STARTING_WEIGHTS: RankingWeights = {
  sentence: 0.5,
  title: 0.1,
  words: 0.2,
  grams: 0.1,
  phrases: 0.1,
  expectedWords: { intercept: 0, slope: 1 },
  translated: 0.2,
  leader: { weight: 0.6, from: 0.7 },
  keywordGrams: 0.25,
};

function hybrid(values: readonly number[], set: WeightKnob['set']): WeightKnob {
  return { mode: 'hybrid', values, set };
}

/** Rounded, so that 3 × 0.1 is 0.3. */
function steps(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step);
  return Array.from({ length: count + 1 }, (_, i) => Math.round((from + i * step) * 1000) / 1000);
}
