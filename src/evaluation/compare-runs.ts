import { bootstrapIntervals, type Interval } from './bootstrap-intervals.js';
import type { EvaluationRun } from './evaluation-run.js';
import { meanOf } from './summarise-measures.js';

/** Questions that are shown because they changed most. */
const CHANGED_MOST = 10;

/** Less than this is arithmetic, not a change. */
const SAME_WITHIN = 1e-9;

/** Which questions changed most is told by the first of these that the runs have. */
const LEADING_MEASURES = ['ndcg@10', 'mrr@10'];

/** One measure of two runs over the same questions. */
export interface MeasureComparison {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** After − before. */
  readonly difference: number;
  /** Of the difference, by resampling questions with both their values. Apart from 0: the runs differ. */
  readonly interval: Interval;
  /** Numbers of questions. */
  readonly better: number;
  readonly worse: number;
  readonly same: number;
}

export interface ChangedQuestion {
  readonly id: string;
  readonly direction: string;
  readonly before: number;
  readonly after: number;
}

export interface RunComparison {
  readonly before: Pick<EvaluationRun, 'mode' | 'model_fingerprint' | 'program_version'>;
  readonly questions: number;
  readonly measures: readonly MeasureComparison[];
  /** The measure that `changedMost` goes by. */
  readonly changedBy: string;
  /** Ten at most, the largest change first; of equal ones, in the order of the set. */
  readonly changedMost: readonly ChangedQuestion[];
}

type Metrics = Readonly<Record<string, number>>;

interface QuestionPair {
  readonly id: string;
  readonly direction: string;
  readonly before: Metrics;
  readonly after: Metrics;
}

/** @param before  Of the same set as `after`, as `refuseOtherSet` makes sure. */
export function compareRuns(before: EvaluationRun, after: EvaluationRun): RunComparison {
  const pairs = pairQuestions(before, after);
  const names = Object.keys(after.metrics);
  const changedBy = LEADING_MEASURES.find((name) => names.includes(name));
  if (changedBy === undefined)
    throw new Error(`a run without ${LEADING_MEASURES.join(' or ')} was let through`);
  const { mode, model_fingerprint, program_version } = before;
  return {
    before: { mode, model_fingerprint, program_version },
    questions: pairs.length,
    measures: names.map((name) => compareMeasure(name, pairs)),
    changedBy,
    changedMost: pairs
      .map(({ id, direction, before, after }) => ({
        id,
        direction,
        before: measureOf(before, changedBy),
        after: measureOf(after, changedBy),
      }))
      .filter((question) => changeOf(question) > SAME_WITHIN)
      .sort((a, b) => changeOf(b) - changeOf(a))
      .slice(0, CHANGED_MOST),
  };
}

function pairQuestions(before: EvaluationRun, after: EvaluationRun): QuestionPair[] {
  const earlier = new Map(before.per_question.map(({ id, metrics }) => [id, metrics]));
  return after.per_question.map(({ id, direction, metrics }) => {
    const paired = earlier.get(id);
    if (paired === undefined) throw new Error(`a run without question ${id} was let through`);
    return { id, direction, before: paired, after: metrics };
  });
}

function compareMeasure(name: string, pairs: readonly QuestionPair[]): MeasureComparison {
  const before = Float64Array.from(pairs, (pair) => measureOf(pair.before, name));
  const after = Float64Array.from(pairs, (pair) => measureOf(pair.after, name));
  const differences = after.map((value, position) => value - (before[position] ?? 0));
  return {
    name,
    before: meanOf(before),
    after: meanOf(after),
    difference: meanOf(differences),
    interval: bootstrapIntervals({ differences }).differences,
    better: differences.filter((difference) => difference > SAME_WITHIN).length,
    worse: differences.filter((difference) => difference < -SAME_WITHIN).length,
    same: differences.filter((difference) => Math.abs(difference) <= SAME_WITHIN).length,
  };
}

function measureOf(metrics: Metrics, name: string): number {
  const value = metrics[name];
  if (value === undefined) throw new Error(`a run without ${name} was let through`);
  return value;
}

function changeOf({ before, after }: ChangedQuestion): number {
  return Math.abs(after - before);
}
