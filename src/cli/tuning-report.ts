import type { AnswerModels } from '../search/answerability.js';
import type { RankingWeights } from '../search/ranking-weights.js';
import type { EvaluationProgress } from './evaluation-report.js';

/** Weights that were chosen, and what they were chosen for. */
export interface TuningReport {
  readonly modelFingerprint: string;
  readonly weights: RankingWeights;
  readonly answerModels: AnswerModels;
  /** Mean nDCG@10 of each set: on its tuning half, there by weights of other questions, and on its held-out half. */
  readonly sets: ReadonlyArray<{
    readonly name: string;
    readonly tuned: number;
    readonly crossValidated: number;
    readonly heldOut: number;
  }>;
  /** Shares of held-out cases that are judged wrongly. */
  readonly answerRates: Readonly<Record<keyof AnswerModels, AnswerRates>>;
}

export interface AnswerRates {
  /** Of the answerable ones. */
  readonly missed: number;
  /** Of the unanswerable ones whose subject is in the archive. */
  readonly answeredNear: number;
  /** Of those whose subject is not. */
  readonly answeredFar: number;
  readonly cases: number;
}

/** A set is indexed and asked, one after the other; then settings of the weights are tried. */
export type TuningProgress =
  | EvaluationProgress
  | {
      readonly phase: 'choosing';
      readonly triesDone: number;
      readonly triesTotal: number;
      readonly elapsedMs: number;
    };
