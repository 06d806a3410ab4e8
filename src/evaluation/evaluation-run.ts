import { z } from 'zod';
import { SEARCH_MODES } from '../search/search-request.js';
import type { MeasuredQuestion, ModeSummary } from './summarise-measures.js';

/** Documents or passages that a run keeps of each question. */
export const RUN_DEPTH = 100;

/** What measured a run: without it, two figures cannot be compared. */
export interface Provenance {
  readonly modelFingerprint: string;
  readonly programVersion: string;
}

const measures = z.record(z.string(), z.number());

/** A run as its file has it: one set of questions, asked in one mode. */
export const evaluationRun = z.object({
  set: z.string(),
  /** Questions that have something relevant to them. */
  questions: z.number(),
  mode: z.enum(SEARCH_MODES),
  model_fingerprint: z.string(),
  program_version: z.string(),
  metrics: measures,
  per_question: z.array(
    z.object({
      id: z.string(),
      direction: z.string(),
      metrics: measures,
      /** Id and score of what was found, best first. */
      ranking: z.array(z.tuple([z.string(), z.number()])),
    }),
  ),
});

export type EvaluationRun = Readonly<z.infer<typeof evaluationRun>>;

export interface RunParts<Name extends string> {
  readonly set: string;
  readonly summary: ModeSummary<Name>;
  readonly questions: ReadonlyArray<MeasuredQuestion<Name>>;
  readonly provenance: Provenance;
}

export function toEvaluationRun<Name extends string>(parts: RunParts<Name>): EvaluationRun {
  const { set, summary, questions, provenance } = parts;
  return {
    set,
    questions: questions.length,
    mode: summary.mode,
    model_fingerprint: provenance.modelFingerprint,
    program_version: provenance.programVersion,
    metrics: summary.means,
    per_question: questions.map(({ id, direction, metrics, ranking }) => ({
      id,
      direction,
      metrics,
      ranking: ranking.slice(0, RUN_DEPTH).map((found): [string, number] => [found.id, found.score]),
    })),
  };
}
