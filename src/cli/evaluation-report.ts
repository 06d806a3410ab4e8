import type { IngestProblem, IngestProgress } from '../ingest/ingest-report.js';
import type { ModeReports } from './mode-reports.js';

/** Measures of a ranking, 0 to 1, in the order in which they are printed. */
export const METRIC_NAMES = ['ndcg@10', 'mrr@10', 'recall@10', 'recall@100', 'hit@1', 'hit@5'] as const;

type Metrics = Readonly<Record<(typeof METRIC_NAMES)[number], number>>;

/** The parts of an evaluation that the command shows. */
export interface EvaluationReport extends Metrics, ModeReports {
  readonly queries: number;
  readonly documents: number;
  readonly passages: number;
  readonly tuningHalf: HalfMetrics | null;
  readonly heldOutHalf: HalfMetrics | null;
  readonly queriesWithoutRelevant: number;
  readonly relevantNotInCorpus: number;
  readonly problems: readonly IngestProblem[];
  readonly perQuery: ReadonlyArray<{
    readonly id: string;
    readonly firstRelevantRank: number | null;
    readonly ndcg: number;
  }>;
}

export type HalfMetrics = Metrics & { readonly queries: number };

export type EvaluationProgress =
  | { readonly phase: 'indexing'; readonly ingest: IngestProgress }
  | {
      readonly phase: 'asking';
      readonly queriesDone: number;
      readonly queriesTotal: number;
      readonly elapsedMs: number;
    };

export const QUESTION_METRIC_NAMES = ['hit@1', 'hit@5', 'mrr@10'] as const;

export type QuestionMetrics = Readonly<Record<(typeof QUESTION_METRIC_NAMES)[number], number>> & {
  readonly questions: number;
};

/** The parts of a check with an archive's own questions that the command shows. */
export interface QuestionReport extends QuestionMetrics, ModeReports {
  readonly asked: number;
  readonly unanswerable: number;
  readonly withoutHits: number;
  readonly byDirection: Readonly<Record<'same' | 'across' | 'either', QuestionMetrics | null>>;
  readonly answerableAuc: number | null;
  readonly medianTopScore: { readonly answerable: number | null; readonly unanswerable: number | null };
  readonly perQuestion: ReadonlyArray<{
    readonly id: string;
    readonly direction: 'same' | 'across' | 'either' | null;
    readonly firstRelevantRank: number | null;
    readonly topScore: number | null;
  }>;
}

export interface QuestionProgress {
  readonly questionsDone: number;
  readonly questionsTotal: number;
  readonly elapsedMs: number;
}
