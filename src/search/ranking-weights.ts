/** What the score of a candidate is made of. Written by `npm run tune` into tuned-weights.ts, never by hand. */
export interface RankingWeights {
  /** The dense score: this much of it is the best sentence, the rest the passage as a whole … */
  readonly sentence: number;
  /** … and this much the title beside them, which have 1 together. */
  readonly title: number;
  /** Of the words and letter triples of passages in the question's language, beside a dense score of weight 1. */
  readonly words: number;
  /** Of holding every quoted phrase. */
  readonly phrases: number;
  readonly grams: number;
  /**
   * A passage in the other language cannot earn words. It gets what words bring a passage of its dense score on
   * average: `intercept + slope × dense score`, not below 0.
   */
  readonly expectedWords: { readonly intercept: number; readonly slope: number };
  /** Of the question's words that stand in a passage of the other language, as translations or by their consonants. */
  readonly translated: number;
  /** How far a passage that says the same as the best one in the other language (cosine from `from` to 1) is lifted to it. */
  readonly leader: { readonly weight: number; readonly from: number };
  /** In the mode `keyword`: letter triples beside words of weight 1. */
  readonly keywordGrams: number;
}

/** Parts of the score, by the names under which `explain` shows them and ablations leave them out. */
export const FEATURES = [
  'passage',
  'sentence',
  'title',
  'words',
  'phrases',
  'grams',
  'expected_words',
  'translated',
  'leader',
] as const;

export type Feature = (typeof FEATURES)[number];

/** @returns The weights without a feature: what it counts falls to the rest. All of them when it is null. */
export function withoutFeature(weights: RankingWeights, feature: string | null): RankingWeights {
  switch (feature) {
    case 'passage':
      return { ...weights, sentence: 1 };
    case 'sentence':
    case 'title':
    case 'words':
    case 'phrases':
    case 'grams':
    case 'translated':
      return { ...weights, [feature]: 0 };
    case 'expected_words':
      return { ...weights, expectedWords: { intercept: 0, slope: 0 } };
    case 'leader':
      return { ...weights, leader: { ...weights.leader, weight: 0 } };
    default:
      return weights;
  }
}
