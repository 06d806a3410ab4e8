import type { SearchMode } from '../search/search-request.js';

type Metrics = Readonly<Record<string, number>>;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Means over questions, each with its 95 % interval. */
export interface MeasureSummary {
  readonly questions: number;
  readonly means: Metrics;
  readonly intervals: Readonly<Record<string, Interval>>;
}

export interface ModeSummary extends MeasureSummary {
  readonly mode: SearchMode;
  readonly directions: ReadonlyArray<MeasureSummary & { readonly direction: string }>;
}

/** The parts of a run that the command reads. The whole of it is written to the file of --save-run. */
export interface EvaluationRun {
  readonly mode: SearchMode;
  readonly model_fingerprint: string;
  readonly program_version: string;
  readonly per_question: ReadonlyArray<{
    readonly id: string;
    readonly ranking: ReadonlyArray<readonly [id: string, score: number]>;
  }>;
}

export interface RunComparison {
  readonly before: Pick<EvaluationRun, 'mode' | 'model_fingerprint' | 'program_version'>;
  readonly questions: number;
  readonly measures: ReadonlyArray<{
    readonly name: string;
    readonly before: number;
    readonly after: number;
    readonly difference: number;
    readonly interval: Interval;
    readonly better: number;
    readonly worse: number;
    readonly same: number;
  }>;
  readonly changedBy: string;
  readonly changedMost: ReadonlyArray<{
    readonly id: string;
    readonly direction: string;
    readonly before: number;
    readonly after: number;
  }>;
}

export interface BaselineCheck {
  readonly held: boolean;
  readonly measures: ReadonlyArray<{
    readonly mode: SearchMode;
    readonly row: string;
    readonly measure: string;
    readonly baseline: number | null;
    readonly margin: number | null;
    readonly value: number | null;
    readonly verdict: 'held' | 'lower' | 'gone' | 'added';
  }>;
}

/** The parts that every evaluation has, as the command shows and writes them. */
export interface ModeReports {
  /** At least one. */
  readonly modes: readonly ModeSummary[];
  readonly runs: readonly EvaluationRun[];
  /** What --write-baseline writes. */
  readonly baseline: unknown;
  readonly comparison: RunComparison | null;
  readonly baselineCheck: BaselineCheck | null;
}
