import {
  ANSWER_FEATURES,
  type AnswerFeatures,
  type AnswerModel,
  type AnswerModels,
  answerFeatures,
  probabilityOf,
} from '../../search/answerability.js';
import type { CandidateFeatures } from '../../search/candidate-features.js';
import { rankCandidates } from '../../search/rank-candidates.js';
import type { RankingWeights } from '../../search/ranking-weights.js';
import { fitLogistic } from './fit-logistic.js';
import type { RecordedQuestion } from './recorded-question.js';

/** Answerable questions that may be taken for unanswerable. */
const MISSED_SHARE = 0.05;

/** Numbers of the models are written with four decimals. */
const DECIMALS = 1e4;

interface AnswerCase {
  readonly kind: keyof AnswerModels;
  readonly features: AnswerFeatures;
  readonly archive: 'whole' | 'near' | 'far';
}

/** At the threshold: answerable questions that are missed, and unanswerable ones that are answered; 0…1. */
export interface AnswerRates {
  readonly missed: number;
  /** Whose subject is in the archive, and whose answer is not. */
  readonly answeredNear: number;
  /** Whose subject is not in the archive either. */
  readonly answeredFar: number;
  readonly cases: number;
}

/**
 * Fits when a question counts as answered. Each question is asked of three archives: of the whole one; of the whole one
 * without the passages that answer it, where much is left of the same subject; and of the half that its answers are not
 * in, as questions of other subjects are. The threshold of a model is where no more than MISSED_SHARE of its
 * answerable cases fall below.
 * @param sets  Each an archive of its own.
 * Cost: three rankings of each question, and a second for a thousand questions (`fitLogistic`); blocks its thread.
 */
export function fitAnswerability(
  sets: ReadonlyArray<readonly RecordedQuestion[]>,
  weights: RankingWeights,
): AnswerModels {
  const cases = casesOfSets(sets, weights);
  return {
    sameLanguage: fitModel(cases.filter(({ kind }) => kind === 'sameLanguage')),
    acrossLanguages: fitModel(cases.filter(({ kind }) => kind === 'acrossLanguages')),
  };
}

/** How often the models are wrong on questions. */
export function answerRates(
  sets: ReadonlyArray<readonly RecordedQuestion[]>,
  weights: RankingWeights,
  models: AnswerModels,
): Readonly<Record<keyof AnswerModels, AnswerRates>> {
  const cases = casesOfSets(sets, weights);
  const ratesOf = (kind: keyof AnswerModels) =>
    rates(
      cases.filter((one) => one.kind === kind),
      models[kind],
    );
  return { sameLanguage: ratesOf('sameLanguage'), acrossLanguages: ratesOf('acrossLanguages') };
}

function rates(cases: readonly AnswerCase[], model: AnswerModel): AnswerRates {
  const judgedAnswered = ({ features }: AnswerCase) => probabilityOf(features, model) >= model.threshold;
  const of = (archive: AnswerCase['archive']) => cases.filter((one) => one.archive === archive);
  return {
    missed: shareOf(of('whole'), (one) => !judgedAnswered(one)),
    answeredNear: shareOf(of('near'), judgedAnswered),
    answeredFar: shareOf(of('far'), judgedAnswered),
    cases: cases.length,
  };
}

/** 0 of none. */
function shareOf(cases: readonly AnswerCase[], isMeant: (one: AnswerCase) => boolean): number {
  return cases.length === 0 ? 0 : cases.filter(isMeant).length / cases.length;
}

function casesOfSets(
  sets: ReadonlyArray<readonly RecordedQuestion[]>,
  weights: RankingWeights,
): AnswerCase[] {
  return sets.flatMap((questions) => {
    const middle = middleLabel(questions);
    return questions.flatMap((question) => casesOf(question, middle, weights));
  });
}

/** Labels rise as articles are read: what stands together in a collection is in one half. */
function middleLabel(questions: readonly RecordedQuestion[]): number {
  const labels = new Set(questions.flatMap(({ recorded }) => recorded.candidates.map(({ label }) => label)));
  const rising = [...labels].sort((a, b) => a - b);
  return rising[rising.length >> 1] ?? 0;
}

/** None of a question whose answers are not among its candidates: ranking cannot tell anything about it. */
function casesOf(
  { recorded, judgements }: RecordedQuestion,
  middle: number,
  weights: RankingWeights,
): AnswerCase[] {
  const { candidates, articleOf, queryLanguage, cosines } = recorded;
  const answers = ({ label }: CandidateFeatures) => (judgements.get(articleOf.get(label) ?? '') ?? 0) > 0;
  const isInFirstHalf = ({ label }: CandidateFeatures) => label < middle;
  if (!candidates.some(answers)) return [];
  const halvesWithAnswers = new Set(candidates.filter(answers).map(isInFirstHalf));
  const take = (taken: readonly CandidateFeatures[], archive: AnswerCase['archive']) => {
    const options = { mode: 'hybrid', queryLanguage, weights, isFirst: true, cosines } as const;
    const found = answerFeatures(rankCandidates(taken, options), queryLanguage);
    return found === null ? [] : [{ ...found, archive }];
  };
  return [
    ...take(candidates, 'whole'),
    ...take(
      candidates.filter((one) => !answers(one)),
      'near',
    ),
    ...take(
      candidates.filter((one) => !halvesWithAnswers.has(isInFirstHalf(one))),
      'far',
    ),
  ];
}

function fitModel(cases: readonly AnswerCase[]): AnswerModel {
  const { intercept, weights } = fitLogistic(
    cases.map(({ features, archive }) => ({
      features: ANSWER_FEATURES.map((name) => features[name]),
      isPositive: archive === 'whole',
    })),
  );
  const model = { intercept: rounded(intercept), weights: named(weights), threshold: 0 };
  const reached = cases
    .filter(({ archive }) => archive === 'whole')
    .map(({ features }) => probabilityOf(features, model))
    .sort((a, b) => a - b);
  const lowest = reached[Math.floor(reached.length * MISSED_SHARE)] ?? 0.5;
  // Down, so that the case that gave the threshold reaches it.
  return { ...model, threshold: Math.floor(lowest * DECIMALS) / DECIMALS };
}

function named(weights: readonly number[]): AnswerFeatures {
  const entries = ANSWER_FEATURES.map((name, i) => [name, rounded(weights[i] ?? 0)]);
  return Object.fromEntries(entries) as AnswerFeatures;
}

function rounded(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
