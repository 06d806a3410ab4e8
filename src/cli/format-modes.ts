import { formatTable } from './format-table.js';
import type { Interval, MeasureSummary, ModeReports, ModeSummary } from './mode-reports.js';
import { readableNumber } from './terminal-text.js';

/** A row of means that has no intervals, such as half of a set. */
export interface PlainRow {
  readonly label: string;
  readonly questions: number;
  /** Null when the row has no question. */
  readonly means: Readonly<Record<string, number>> | null;
}

/**
 * Every measure as a column: all questions in each mode, then each direction in each mode, then `plainRows`. Under a
 * mean stands its 95 % interval. A mode that is alone is not named.
 */
export function formatModes(
  modes: readonly ModeSummary[],
  names: readonly string[],
  plainRows: readonly PlainRow[] = [],
): string[] {
  const labelOf = (label: string, { mode }: ModeSummary) =>
    modes.length === 1 ? label : `${label}, ${mode}`;
  const all = modes.flatMap((summary) => summaryRows(labelOf('all', summary), summary, names));
  const directions = directionsOf(modes).flatMap((direction) =>
    modes.flatMap((summary) =>
      summary.directions
        .filter((measured) => measured.direction === direction)
        .flatMap((measured) => summaryRows(labelOf(direction, summary), measured, names)),
    ),
  );
  const plain = plainRows.map(({ label, questions, means }) => [
    label,
    readableNumber(questions),
    ...names.map((name) => share(means?.[name])),
  ]);
  return formatTable([['95 % interval below', 'questions', ...names], ...all, ...directions, ...plain]);
}

/** The modes for programs: intervals and directions of the first one, and with several all of them by name. */
export function modesToJson({ modes }: Pick<ModeReports, 'modes'>, names: readonly string[]) {
  const [first] = modes;
  if (first === undefined) throw new Error('an evaluation without a mode was let through');
  return {
    mode: first.mode,
    ...breakdownToJson(first, names),
    ...(modes.length === 1
      ? {}
      : {
          modes: Object.fromEntries(
            modes.map((summary) => [
              summary.mode,
              { ...meansToJson(summary, names), ...breakdownToJson(summary, names) },
            ]),
          ),
        }),
  };
}

/** A measure to four decimals; a dash for one that there is not. */
export function share(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(4);
}

/** A difference to four decimals, with its sign. */
export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

function formatInterval({ low, high }: Interval): string {
  return `${low.toFixed(3)}–${high.toFixed(3)}`;
}

function summaryRows(label: string, summary: MeasureSummary, names: readonly string[]): string[][] {
  const { questions, means, intervals } = summary;
  return [
    [label, readableNumber(questions), ...names.map((name) => share(means[name]))],
    ['', '', ...names.map((name) => (intervals[name] === undefined ? '' : formatInterval(intervals[name])))],
  ];
}

function directionsOf(modes: readonly ModeSummary[]): string[] {
  return [...new Set(modes.flatMap((mode) => mode.directions.map(({ direction }) => direction)))].sort();
}

function breakdownToJson(summary: ModeSummary, names: readonly string[]) {
  return {
    intervals: intervalsToJson(summary, names),
    directions: Object.fromEntries(
      summary.directions.map((measured) => [
        measured.direction,
        { ...meansToJson(measured, names), intervals: intervalsToJson(measured, names) },
      ]),
    ),
  };
}

function meansToJson({ questions, means }: MeasureSummary, names: readonly string[]) {
  return { ...Object.fromEntries(names.map((name) => [name, means[name]])), questions };
}

function intervalsToJson({ intervals }: MeasureSummary, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, [intervals[name]?.low, intervals[name]?.high]]));
}
