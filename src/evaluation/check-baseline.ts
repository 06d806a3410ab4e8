import type { SearchMode } from '../search/search-request.js';
import { type EvaluationBaseline, rowsOf } from './evaluation-baseline.js';
import type { ModeSummary } from './summarise-measures.js';

/** More than the six decimals of a baseline round away. */
const ROUNDING = 2e-6;

/** `lower`: below the baseline by more than the margin. `gone`: not measured any more. Both fail the check. */
export type BaselineVerdict = 'held' | 'lower' | 'gone' | 'added';

export interface CheckedMeasure {
  readonly mode: SearchMode;
  /** `all`, or a direction. */
  readonly row: string;
  readonly measure: string;
  /** Null when the baseline does not have it. */
  readonly baseline: number | null;
  readonly margin: number | null;
  /** Null when it was not measured. */
  readonly value: number | null;
  readonly verdict: BaselineVerdict;
}

export interface BaselineCheck {
  readonly held: boolean;
  readonly measures: readonly CheckedMeasure[];
}

/** Holds the modes that were measured against their figures of the baseline; other modes of it are passed over. */
export function checkBaseline(
  baseline: EvaluationBaseline,
  modes: ReadonlyArray<ModeSummary<string>>,
): BaselineCheck {
  const measures = modes.flatMap((summary) => checkMode(baseline, summary));
  return { held: measures.every(({ verdict }) => verdict === 'held' || verdict === 'added'), measures };
}

function checkMode(baseline: EvaluationBaseline, summary: ModeSummary<string>): CheckedMeasure[] {
  const expectedRows = baseline.modes[summary.mode] ?? {};
  const measuredRows = new Map(rowsOf(summary).map(({ row, measured }) => [row, measured]));
  const rows = [...new Set([...measuredRows.keys(), ...Object.keys(expectedRows)])];
  return rows.flatMap((row) => {
    const { metrics: expected = {}, margin = null } = expectedRows[row] ?? {};
    const means = measuredRows.get(row)?.means ?? {};
    const names = [...new Set([...Object.keys(means), ...Object.keys(expected)])];
    return names.map((measure) => {
      const figures = { baseline: expected[measure] ?? null, margin, value: means[measure] ?? null };
      return { mode: summary.mode, row, measure, ...figures, verdict: verdictOf(figures) };
    });
  });
}

function verdictOf({
  baseline,
  margin,
  value,
}: Pick<CheckedMeasure, 'baseline' | 'margin' | 'value'>): BaselineVerdict {
  if (baseline === null) return 'added';
  if (value === null) return 'gone';
  return value < baseline - (margin ?? 0) - ROUNDING ? 'lower' : 'held';
}
