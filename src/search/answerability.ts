import type { Language } from '../domain/language.js';
import type { RankedCandidate } from './rank-candidates.js';

/** What tells whether the best passage answers; each about 0…1. */
export const ANSWER_FEATURES = [
  'passage',
  'sentence',
  'words',
  'coverage',
  'missing',
  'grams',
  'translated',
  'untranslated',
  'known',
  'brevity',
  'lead',
] as const;

export type AnswerFeature = (typeof ANSWER_FEATURES)[number];
export type AnswerFeatures = Readonly<Record<AnswerFeature, number>>;

/** A logistic model, and the probability from which on a question counts as answered. */
export interface AnswerModel {
  readonly intercept: number;
  readonly weights: AnswerFeatures;
  readonly threshold: number;
}

/** By the language of the best passage: words say nothing across languages, so each case has its model. */
export interface AnswerModels {
  readonly sameLanguage: AnswerModel;
  readonly acrossLanguages: AnswerModel;
}

export interface Answerability {
  readonly answerable: boolean;
  /** That the archive answers, 0…1, were it to answer half of all questions. */
  readonly probability: number;
}

/** Ranks, from 0, that the first is held against: the second may well say the same in the other language. */
const FOLLOWERS = { from: 2, to: 10 } as const;

/**
 * Judges whether the archive answers a question, by how well its best passage does and how far it leads.
 * @param ranked  The best first.
 */
export function judgeAnswerability(
  ranked: readonly RankedCandidate[],
  queryLanguage: Language,
  models: AnswerModels,
): Answerability {
  const found = answerFeatures(ranked, queryLanguage);
  if (found === null) return { answerable: false, probability: 0 };
  const model = models[found.kind];
  const probability = probabilityOf(found.features, model);
  return { answerable: probability >= model.threshold, probability };
}

/**
 * What the models judge by, and which of them does.
 * @returns Null when nothing was found
 */
export function answerFeatures(
  ranked: readonly RankedCandidate[],
  queryLanguage: Language,
): { readonly kind: keyof AnswerModels; readonly features: AnswerFeatures } | null {
  const [best] = ranked;
  if (best === undefined) return null;
  const { features } = best;
  const isSame = features.language === queryLanguage;
  const followers = ranked.slice(FOLLOWERS.from, FOLLOWERS.to);
  const behind = followers.reduce((sum, { score }) => sum + score, 0) / (followers.length || 1);
  return {
    kind: isSame ? 'sameLanguage' : 'acrossLanguages',
    features: {
      passage: features.passage,
      sentence: features.sentence,
      // What is not asked for is not computed.
      words: isSame ? features.words : 0,
      coverage: isSame ? features.coverage : 0,
      missing: isSame ? features.missing : 0,
      grams: isSame ? features.grams : 0,
      translated: isSame ? 0 : features.translated,
      untranslated: isSame ? 0 : features.untranslated,
      known: isSame ? 0 : features.known,
      brevity: isSame ? 0 : features.brevity,
      lead: best.score - behind,
    },
  };
}

export function probabilityOf(features: AnswerFeatures, { intercept, weights }: AnswerModel): number {
  const sum = ANSWER_FEATURES.reduce((total, name) => total + weights[name] * features[name], intercept);
  return 1 / (1 + Math.exp(-sum));
}
