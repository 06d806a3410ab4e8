import type { SearchMode } from '../search/search-request.js';
import { type BaselineCheck, checkBaseline } from './check-baseline.js';
import { compareRuns, type RunComparison } from './compare-runs.js';
import { type EvaluationBaseline, toEvaluationBaseline } from './evaluation-baseline.js';
import type { References } from './evaluation-references.js';
import { type EvaluationRun, type Provenance, toEvaluationRun } from './evaluation-run.js';
import { type MeasuredQuestion, type ModeSummary, summariseMode } from './summarise-measures.js';

/** What every evaluation tells, whatever its questions are. One entry a mode, in the order they were asked for. */
export interface ModeReports<Name extends string> {
  readonly modes: ReadonlyArray<ModeSummary<Name>>;
  readonly runs: readonly EvaluationRun[];
  /** The figures as a baseline that later evaluations may be held to. */
  readonly baseline: EvaluationBaseline;
  /** Of the saved run with the first mode; null when there is none. */
  readonly comparison: RunComparison | null;
  readonly baselineCheck: BaselineCheck | null;
}

export interface MeasuredModes<Name extends string> {
  readonly set: string;
  readonly names: readonly Name[];
  /** At least one mode, each with at least one question. */
  readonly measured: ReadonlyArray<{
    readonly mode: SearchMode;
    readonly questions: ReadonlyArray<MeasuredQuestion<Name>>;
  }>;
  readonly provenance: Provenance;
  /** Of the same set, as `refuseOtherSet` makes sure. */
  readonly references: References;
}

export function reportModes<Name extends string>(parts: MeasuredModes<Name>): ModeReports<Name> {
  const { set, names, measured, provenance, references } = parts;
  const summarised = measured.map(({ mode, questions }) => ({
    questions,
    summary: summariseMode(mode, names, questions),
  }));
  const modes = summarised.map(({ summary }) => summary);
  const runs = summarised.map((mode) => toEvaluationRun({ set, ...mode, provenance }));
  const [first] = runs;
  const { run, baseline } = references;
  return {
    modes,
    runs,
    baseline: toEvaluationBaseline({ set, modes, provenance }),
    comparison: run === undefined || first === undefined ? null : compareRuns(run.content, first),
    baselineCheck: baseline === undefined ? null : checkBaseline(baseline.content, modes),
  };
}
