import type { SearchMode } from '../search/search-request.js';
import { bootstrapIntervals, type Interval } from './bootstrap-intervals.js';
import type { LanguageDirection } from './language-direction.js';
import { recordByName } from './record-by-name.js';

/** How one question went that has something relevant to it. `Name` names the measures of its set. */
export interface MeasuredQuestion<Name extends string> {
  readonly id: string;
  readonly direction: LanguageDirection;
  readonly metrics: Readonly<Record<Name, number>>;
  /** What was found, best first: documents of a BEIR corpus, or passages. */
  readonly ranking: ReadonlyArray<{ readonly id: string; readonly score: number }>;
}

/** Means over questions that all weigh the same, with the interval that other questions would likely give. */
export interface MeasureSummary<Name extends string> {
  readonly questions: number;
  readonly means: Readonly<Record<Name, number>>;
  readonly intervals: Readonly<Record<Name, Interval>>;
}

export interface DirectionSummary<Name extends string> extends MeasureSummary<Name> {
  readonly direction: LanguageDirection;
}

/** One mode of searching over all questions, and over those of each direction that has any. */
export interface ModeSummary<Name extends string> extends MeasureSummary<Name> {
  readonly mode: SearchMode;
  /** By name. */
  readonly directions: ReadonlyArray<DirectionSummary<Name>>;
}

/** @param questions  At least one. */
export function summariseMode<Name extends string>(
  mode: SearchMode,
  names: readonly Name[],
  questions: ReadonlyArray<MeasuredQuestion<Name>>,
): ModeSummary<Name> {
  const directions = [...new Set(questions.map((question) => question.direction))].sort();
  return {
    mode,
    ...summariseMeasures(names, questions),
    directions: directions.map((direction) => ({
      direction,
      ...summariseMeasures(
        names,
        questions.filter((question) => question.direction === direction),
      ),
    })),
  };
}

/** @param measured  At least one. */
export function summariseMeasures<Name extends string>(
  names: readonly Name[],
  measured: ReadonlyArray<Pick<MeasuredQuestion<Name>, 'metrics'>>,
): MeasureSummary<Name> {
  return {
    questions: measured.length,
    means: meansByName(names, measured),
    intervals: bootstrapIntervals(columnsByName(names, measured)),
  };
}

/** @param measured  At least one. */
export function meansByName<Name extends string>(
  names: readonly Name[],
  measured: ReadonlyArray<Pick<MeasuredQuestion<Name>, 'metrics'>>,
): Readonly<Record<Name, number>> {
  const columns = columnsByName(names, measured);
  return recordByName(names, (name) => meanOf(columns[name]));
}

/** @param values  At least one. */
export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function columnsByName<Name extends string>(
  names: readonly Name[],
  measured: ReadonlyArray<Pick<MeasuredQuestion<Name>, 'metrics'>>,
): Readonly<Record<Name, Float64Array>> {
  return recordByName(names, (name) => Float64Array.from(measured, ({ metrics }) => metrics[name]));
}
