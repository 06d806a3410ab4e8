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
  readonly isAnswered: boolean;
}

/** At the threshold: answerable questions that are missed, and unanswerable ones that are answered; 0…1. */
export interface AnswerRates {
  readonly missed: number;
  readonly answered: number;
  readonly cases: number;
}

/**
 * Fits when a question counts as answered. Each question is taken twice: with its candidates (its answer among them),
 * and without those that answer it, so that the best passage is of the same archive and does not answer. The threshold
 * of a model is where no more than MISSED_SHARE of its answerable cases fall below.
 * Cost: two rankings of each question, and a second for a thousand questions (`fitLogistic`); blocks its thread.
 */
export function fitAnswerability(
  questions: readonly RecordedQuestion[],
  weights: RankingWeights,
): AnswerModels {
  const cases = questions.flatMap((question) => casesOf(question, weights));
  return {
    sameLanguage: fitModel(cases.filter(({ kind }) => kind === 'sameLanguage')),
    acrossLanguages: fitModel(cases.filter(({ kind }) => kind === 'acrossLanguages')),
  };
}

/** How often the models are wrong on questions. */
export function answerRates(
  questions: readonly RecordedQuestion[],
  weights: RankingWeights,
  models: AnswerModels,
): Readonly<Record<keyof AnswerModels, AnswerRates>> {
  const cases = questions.flatMap((question) => casesOf(question, weights));
  const ratesOf = (kind: keyof AnswerModels) =>
    rates(
      cases.filter((one) => one.kind === kind),
      models[kind],
    );
  return { sameLanguage: ratesOf('sameLanguage'), acrossLanguages: ratesOf('acrossLanguages') };
}

function rates(cases: readonly AnswerCase[], model: AnswerModel): AnswerRates {
  const judgedAnswered = ({ features }: AnswerCase) => probabilityOf(features, model) >= model.threshold;
  const answerable = cases.filter(({ isAnswered }) => isAnswered);
  const unanswerable = cases.filter(({ isAnswered }) => !isAnswered);
  return {
    missed: shareOf(answerable, (one) => !judgedAnswered(one)),
    answered: shareOf(unanswerable, judgedAnswered),
    cases: cases.length,
  };
}

/** 0 of none. */
function shareOf(cases: readonly AnswerCase[], isMeant: (one: AnswerCase) => boolean): number {
  return cases.length === 0 ? 0 : cases.filter(isMeant).length / cases.length;
}

/** None of a question whose answers are not among its candidates: ranking cannot tell anything about it. */
function casesOf({ recorded, judgements }: RecordedQuestion, weights: RankingWeights): AnswerCase[] {
  const { candidates, articleOf, queryLanguage, cosines } = recorded;
  const others = candidates.filter(({ label }) => (judgements.get(articleOf.get(label) ?? '') ?? 0) <= 0);
  if (others.length === candidates.length) return [];
  const take = (taken: readonly CandidateFeatures[], isAnswered: boolean) => {
    const options = { mode: 'hybrid', queryLanguage, weights, isFirst: true, cosines } as const;
    const found = answerFeatures(rankCandidates(taken, options), queryLanguage);
    return found === null ? [] : [{ ...found, isAnswered }];
  };
  return [...take(candidates, true), ...take(others, false)];
}

function fitModel(cases: readonly AnswerCase[]): AnswerModel {
  const { intercept, weights } = fitLogistic(
    cases.map(({ features, isAnswered }) => ({
      features: ANSWER_FEATURES.map((name) => features[name]),
      isPositive: isAnswered,
    })),
  );
  const model = { intercept: rounded(intercept), weights: named(weights), threshold: 0 };
  const reached = cases
    .filter(({ isAnswered }) => isAnswered)
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
