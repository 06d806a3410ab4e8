import type { RecordedQuestion } from '../../../../src/evaluation/tuning/recorded-question.js';
import type { CandidateFeatures } from '../../../../src/search/candidate-features.js';
import type { RankingWeights } from '../../../../src/search/ranking-weights.js';
import { madeFeatures } from '../../search/made-candidates.js';

/** Half passage, half sentence, and nothing else. */
export const PLAIN_WEIGHTS: RankingWeights = {
  sentence: 0.5,
  title: 0,
  words: 0,
  grams: 0,
  phrases: 0,
  expectedWords: { intercept: 0, slope: 0 },
  translated: 0,
  leader: { weight: 0, from: 0.75 },
  keywordGrams: 0,
};

export type MadeCandidate = Partial<Omit<CandidateFeatures, 'label'>> & {
  /** Default: 0, which does not answer. */
  readonly grade?: number;
};

/** An Arabic question whose candidates are articles of one passage; none says the same as another. */
export function madeQuestion(...candidates: readonly MadeCandidate[]): RecordedQuestion {
  const articleId = (position: number) => `d${position}`;
  return {
    recorded: {
      queryLanguage: 'ar',
      candidates: candidates.map(({ grade: _, ...features }, label) => madeFeatures({ label, ...features })),
      articleOf: new Map(candidates.map((_, label) => [label, articleId(label)])),
      cosines: (_, others) => others.map(() => 0),
    },
    judgements: new Map(candidates.map(({ grade = 0 }, label) => [articleId(label), grade])),
  };
}
