import { z } from 'zod';
import { SEARCH_MODES } from '../search/search-request.js';
import type { Provenance } from './evaluation-run.js';
import type { MeasureSummary, ModeSummary } from './summarise-measures.js';

const baselineRow = z.object({
  questions: z.number(),
  /** How far a measure of this row may lie below its value. */
  margin: z.number().min(0),
  metrics: z.record(z.string(), z.number()),
});

/** Figures that a set once had and is not to fall below, by mode and by direction (`all`: every question). */
export const evaluationBaseline = z.object({
  set: z.string(),
  model_fingerprint: z.string(),
  program_version: z.string(),
  modes: z.partialRecord(z.enum(SEARCH_MODES), z.record(z.string(), baselineRow)),
});

export type EvaluationBaseline = Readonly<z.infer<typeof evaluationBaseline>>;
type BaselineRow = z.infer<typeof baselineRow>;

/** The row of a mode that holds every question, beside those of the directions. */
export const ALL_QUESTIONS = 'all';

export interface BaselineParts {
  readonly set: string;
  readonly modes: ReadonlyArray<ModeSummary<string>>;
  readonly provenance: Provenance;
}

/** What was measured just now, as the figures that later runs are held to. */
export function toEvaluationBaseline({ set, modes, provenance }: BaselineParts): EvaluationBaseline {
  return {
    set,
    model_fingerprint: provenance.modelFingerprint,
    program_version: provenance.programVersion,
    modes: Object.fromEntries(
      modes.map((summary) => [
        summary.mode,
        Object.fromEntries(rowsOf(summary).map(({ row, measured }) => [row, toBaselineRow(measured)])),
      ]),
    ),
  };
}

/** A mode's rows by the name that a baseline gives them: every question first, then each direction. */
export function rowsOf(
  summary: ModeSummary<string>,
): Array<{ readonly row: string; readonly measured: MeasureSummary<string> }> {
  return [
    { row: ALL_QUESTIONS, measured: summary },
    ...summary.directions.map((direction) => ({ row: direction.direction, measured: direction })),
  ];
}

/**
 * The margin is what one question is worth: a measure of one question lies between 0 and 1, so a mean of n moves by
 * 1 ÷ n at most when one answer is lost. That much another processor's rounding may do; two lost answers are a
 * change. The bootstrap interval would be ten times as wide and hide real losses: it tells what other questions
 * would give, and these are the same questions.
 */
function toBaselineRow({ questions, means }: MeasureSummary<string>): BaselineRow {
  const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
  return {
    questions,
    margin: rounded(1 / questions),
    metrics: Object.fromEntries(Object.entries(means).map(([name, mean]) => [name, rounded(mean)])),
  };
}
