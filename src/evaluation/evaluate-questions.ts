import type { SearchMode } from '../search/search-request.js';
import type { ArchiveQuestion } from './archive-questions.js';
import type { EvaluationSearch } from './evaluate-folder.js';
import { type References, refuseOtherSet } from './evaluation-references.js';
import type { Provenance } from './evaluation-run.js';
import {
  type AskedQuestion,
  outcomeOf,
  QUESTION_METRIC_NAMES,
  type QuestionDirection,
  type QuestionHit,
  type QuestionMetricName,
  type QuestionOutcome,
} from './question-outcome.js';
import { median, rankedSeparation } from './ranked-separation.js';
import { type ModeReports, reportModes } from './report-modes.js';
import { meansByName } from './summarise-measures.js';

/** Passages asked for a question. The measures look at ten at most; the rest is for diagnosis. */
export const QUESTION_DEPTH = 100;

export interface QuestionDependencies {
  /** Passages, best first. */
  search(search: EvaluationSearch): Promise<readonly QuestionHit[]>;
  readonly provenance: Provenance;
  readonly signal?: AbortSignal;
}

export interface QuestionSet {
  readonly name: string;
  /** At least one has an answer. */
  readonly questions: readonly ArchiveQuestion[];
  /** At least one. */
  readonly modes: readonly SearchMode[];
  readonly references: References;
}

export type QuestionMetrics = Readonly<Record<QuestionMetricName, number>> & {
  readonly questions: number;
};

/**
 * Means over the answerable questions, and what the top score says about there being an answer. What is not told by
 * mode is of the first mode.
 */
export interface QuestionReport extends QuestionMetrics, ModeReports<QuestionMetricName> {
  /** All questions that were asked; `questions` counts the answerable ones. */
  readonly asked: number;
  readonly unanswerable: number;
  /** Questions for which not one passage was found, as in an archive that is empty. */
  readonly withoutHits: number;
  readonly byDirection: Readonly<Record<QuestionDirection, QuestionMetrics | null>>;
  /** Probability that an answerable question's top score is above an unanswerable one's; null when a kind is missing. */
  readonly answerableAuc: number | null;
  readonly medianTopScore: { readonly answerable: number | null; readonly unanswerable: number | null };
  readonly perQuestion: readonly QuestionOutcome[];
}

export interface QuestionProgress {
  readonly questionsDone: number;
  readonly questionsTotal: number;
  readonly elapsedMs: number;
}

/** @throws EVALUATION_RUN_INVALID (caller) when the references are of other questions */
export function refuseOtherQuestions({
  name,
  questions,
  references,
}: Pick<QuestionSet, 'name' | 'questions' | 'references'>): void {
  const questionIds = questions.filter(({ answers }) => answers.length > 0).map(({ id }) => id);
  refuseOtherSet({ name, questionIds, measures: QUESTION_METRIC_NAMES }, references);
}

/**
 * Asks every question in every mode and looks for its quotes in what is found.
 * @throws what `search` throws
 */
export async function evaluateQuestions(
  { name, questions, modes, references }: QuestionSet,
  { search, provenance, signal }: QuestionDependencies,
  onProgress: (progress: QuestionProgress) => void,
): Promise<QuestionReport> {
  const startedAt = performance.now();
  const questionsTotal = questions.length * modes.length;
  let questionsDone = 0;
  const byMode: Array<{ mode: SearchMode; asked: AskedQuestion[] }> = [];
  for (const mode of modes) {
    const asked: AskedQuestion[] = [];
    for (const question of questions) {
      signal?.throwIfAborted();
      asked.push(outcomeOf(question, await search({ query: question.text, depth: QUESTION_DEPTH, mode })));
      questionsDone += 1;
      onProgress({ questionsDone, questionsTotal, elapsedMs: performance.now() - startedAt });
    }
    byMode.push({ mode, asked });
  }
  const measured = byMode.map(({ mode, asked }) => ({
    mode,
    questions: asked.flatMap((question) => question.measured ?? []),
  }));
  return {
    ...reportOutcomes(byMode[0]?.asked ?? []),
    ...reportModes({ set: name, names: QUESTION_METRIC_NAMES, measured, provenance, references }),
  };
}

function reportOutcomes(asked: readonly AskedQuestion[]): Omit<QuestionReport, keyof ModeReports<string>> {
  const answerable = asked.filter(({ measured }) => measured !== null);
  const unanswerable = asked.filter(({ measured }) => measured === null);
  const towards = (direction: QuestionDirection) =>
    questionMetrics(answerable.filter(({ outcome }) => outcome.direction === direction));
  const all = questionMetrics(answerable);
  if (all === null) throw new Error('questions without a single answer were let through');
  const topScores = topScoresOf(answerable);
  const topScoresWithoutAnswer = topScoresOf(unanswerable);
  return {
    ...all,
    asked: asked.length,
    unanswerable: unanswerable.length,
    withoutHits: asked.filter(({ outcome }) => outcome.topScore === null).length,
    byDirection: { same: towards('same'), across: towards('across'), either: towards('either') },
    answerableAuc: rankedSeparation(topScores, topScoresWithoutAnswer),
    medianTopScore: { answerable: median(topScores), unanswerable: median(topScoresWithoutAnswer) },
    perQuestion: asked.map(({ outcome }) => outcome),
  };
}

/** Where nothing was found, 0: the score of unrelated texts. */
function topScoresOf(asked: readonly AskedQuestion[]): number[] {
  return asked.map(({ outcome }) => outcome.topScore ?? 0);
}

function questionMetrics(asked: readonly AskedQuestion[]): QuestionMetrics | null {
  const measured = asked.flatMap((question) => question.measured ?? []);
  if (measured.length === 0) return null;
  return { ...meansByName(QUESTION_METRIC_NAMES, measured), questions: measured.length };
}
