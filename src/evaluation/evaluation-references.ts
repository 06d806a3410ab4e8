import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { type EvaluationBaseline, evaluationBaseline } from './evaluation-baseline.js';
import { type EvaluationRun, evaluationRun } from './evaluation-run.js';
import { otherReference, unreadableReference } from './invalid-reference.js';

/** Files with earlier figures that an evaluation is held against. */
export interface ReferenceFiles {
  /** A saved run. */
  readonly compareWith?: string;
  readonly baseline?: string;
}

/** What those files hold, each with its file for messages. */
export interface References {
  readonly run?: { readonly file: string; readonly content: EvaluationRun };
  readonly baseline?: { readonly file: string; readonly content: EvaluationBaseline };
}

export type ReadTextFile = (file: string) => Promise<string>;

/** @throws EVALUATION_RUN_INVALID (caller) with file, field and value */
export async function readReferences(
  { compareWith, baseline }: ReferenceFiles,
  readText: ReadTextFile = (file) => readFile(file, 'utf8'),
): Promise<References> {
  return {
    ...(compareWith === undefined
      ? {}
      : { run: { file: compareWith, content: await readReference(compareWith, evaluationRun, readText) } }),
    ...(baseline === undefined
      ? {}
      : {
          baseline: { file: baseline, content: await readReference(baseline, evaluationBaseline, readText) },
        }),
  };
}

/** The set that is evaluated, as far as earlier figures must agree with it. */
export interface EvaluatedSet {
  readonly name: string;
  /** Of the questions that have something relevant to them. */
  readonly questionIds: readonly string[];
  readonly measures: readonly string[];
}

/**
 * Figures of other questions cannot be compared: better said before an hour's work than after it.
 * @throws EVALUATION_RUN_INVALID (caller) with field, expected and value
 */
export function refuseOtherSet(set: EvaluatedSet, { run, baseline }: References): void {
  if (baseline !== undefined) expectField(baseline.file, 'set', set.name, baseline.content.set);
  if (run === undefined) return;
  const { file, content } = run;
  expectField(file, 'set', set.name, content.set);
  expectField(file, 'questions', set.questionIds.length, content.questions);
  const metricsOf = new Map(content.per_question.map(({ id, metrics }) => [id, metrics]));
  for (const id of set.questionIds) {
    const metrics = metricsOf.get(id);
    if (metrics === undefined)
      throw otherReference({ file, field: 'per_question.id', expected: id, value: null });
    const missing = set.measures.find((measure) => metrics[measure] === undefined);
    if (missing === undefined) continue;
    throw otherReference({ file, field: `metrics of question ${id}`, expected: missing, value: null });
  }
}

function expectField(file: string, field: string, expected: string | number, value: string | number): void {
  if (value !== expected) throw otherReference({ file, field, expected, value });
}

async function readReference<Value>(
  file: string,
  schema: z.ZodType<Value>,
  readText: ReadTextFile,
): Promise<Value> {
  const parsed = schema.safeParse(await readJson(file, readText));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const problem = issue?.message ?? 'the content has a wrong shape';
  throw unreadableReference(file, field === '' ? problem : `${field}: ${problem}`);
}

async function readJson(file: string, readText: ReadTextFile): Promise<unknown> {
  try {
    return JSON.parse(await readText(file));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw unreadableReference(file, `cannot be read as JSON (${reason})`, cause);
  }
}
