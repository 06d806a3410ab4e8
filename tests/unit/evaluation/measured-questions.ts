import { type EvaluationRun, toEvaluationRun } from '../../../src/evaluation/evaluation-run.js';
import type { LanguageDirection } from '../../../src/evaluation/language-direction.js';
import { type MeasuredQuestion, summariseMode } from '../../../src/evaluation/summarise-measures.js';

export const NAMES = ['hit@1', 'mrr@10'] as const;

export type SampleQuestion = MeasuredQuestion<(typeof NAMES)[number]>;

export const provenance = { modelFingerprint: 'fake-model:1', programVersion: '9.8.7' };

/** A question whose answer was found at this rank (0: not found). */
export function foundAt(rank: number, id: string, direction: LanguageDirection = 'ar→ar'): SampleQuestion {
  const ranking = Array.from({ length: 120 }, (_, position) => ({
    id: `d${position + 1}`,
    score: 1 / (position + 1),
  }));
  return {
    id,
    direction,
    metrics: { 'hit@1': rank === 1 ? 1 : 0, 'mrr@10': rank === 0 ? 0 : 1 / rank },
    ranking,
  };
}

/** Questions q1, q2 … of one direction whose answers were found at these ranks. */
export function questionsFoundAt(ranks: readonly number[]): SampleQuestion[] {
  return ranks.map((rank, position) => foundAt(rank, `q${position + 1}`));
}

export function runOf(questions: readonly SampleQuestion[], set = 'set'): EvaluationRun {
  return toEvaluationRun({ set, summary: summariseMode('hybrid', NAMES, questions), questions, provenance });
}
