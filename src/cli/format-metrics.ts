import {
  type EvaluationReport,
  type HalfMetrics,
  METRIC_NAMES,
  QUESTION_METRIC_NAMES,
  type QuestionMetrics,
  type QuestionReport,
} from './evaluation-report.js';
import { formatBaselineCheck } from './format-baseline-check.js';
import { comparisonToJson, formatComparison } from './format-comparison.js';
import { formatModes, modesToJson, type PlainRow, share } from './format-modes.js';
import { formatProblems, problemToJson } from './format-problems.js';
import type { ModeReports } from './mode-reports.js';
import { countOf, readableNumber } from './terminal-text.js';

/** The evaluation of a BEIR folder as a small table, with what must be known to judge the numbers. */
export function formatEvaluation(report: EvaluationReport): string[] {
  const { tuningHalf, heldOutHalf, problems } = report;
  return [
    ...formatModes(report.modes, METRIC_NAMES, [
      halfRow('tuning half', tuningHalf, report),
      halfRow('held-out half', heldOutHalf, report),
    ]),
    '',
    `${countOf(report.documents, 'document')}, ${countOf(report.passages, 'passage')}`,
    ...remark(report.queriesWithoutRelevant, 'without a relevant document', 'left out', 'query', 'queries'),
    ...remark(report.relevantNotInCorpus, 'not in the corpus', 'counted as not found', 'relevant document'),
    ...remark(problems.length, 'not indexed', 'counted as not found', 'document'),
    ...formatProblems(problems).map((line) => `  ${line}`),
    ...formatReferences(report),
  ];
}

/** One flat record: the measures first, the halves after them. */
export function evaluationToJson(report: EvaluationReport) {
  const { tuningHalf, heldOutHalf } = report;
  return {
    ...only(report, METRIC_NAMES),
    queries: report.queries,
    documents: report.documents,
    passages: report.passages,
    queries_without_relevant: report.queriesWithoutRelevant,
    relevant_not_in_corpus: report.relevantNotInCorpus,
    documents_not_indexed: report.problems.length,
    problems: report.problems.map(problemToJson),
    tuning_half: tuningHalf && { ...only(tuningHalf, METRIC_NAMES), queries: tuningHalf.queries },
    held_out_half: heldOutHalf && { ...only(heldOutHalf, METRIC_NAMES), queries: heldOutHalf.queries },
    ...modesToJson(report, METRIC_NAMES),
    ...referencesToJson(report),
  };
}

/** What an archive's own questions showed, by where the answer is, and one line about unanswerable questions. */
export function formatQuestionReport(report: QuestionReport): string[] {
  const { byDirection, answerableAuc, medianTopScore } = report;
  const row = (label: string, metrics: QuestionMetrics | null) =>
    plainRow(label, metrics, metrics?.questions, report);
  return [
    ...formatModes(report.modes, QUESTION_METRIC_NAMES, [
      row('the same language', byDirection.same),
      row('the other language', byDirection.across),
      row('both languages', byDirection.either),
    ]),
    '',
    `${countOf(report.unanswerable, 'question')} without an answer; median top score ` +
      `${share(medianTopScore.answerable)} with an answer, ${share(medianTopScore.unanswerable)} without; ` +
      `AUC ${share(answerableAuc)}`,
    ...remark(report.withoutHits, 'for which no passage was found', 'is the archive empty?', 'question'),
    ...formatReferences(report),
  ];
}

export function questionReportToJson(report: QuestionReport) {
  const direction = (metrics: QuestionMetrics | null) =>
    metrics && { ...only(metrics, QUESTION_METRIC_NAMES), questions: metrics.questions };
  return {
    ...only(report, QUESTION_METRIC_NAMES),
    questions: report.questions,
    asked: report.asked,
    unanswerable: report.unanswerable,
    without_hits: report.withoutHits,
    answerable_auc: report.answerableAuc,
    median_top_score: report.medianTopScore,
    same_language: direction(report.byDirection.same),
    other_language: direction(report.byDirection.across),
    both_languages: direction(report.byDirection.either),
    ...modesToJson(report, QUESTION_METRIC_NAMES),
    ...referencesToJson(report),
  };
}

function only<Name extends string>(record: Readonly<Record<Name, number>>, names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}

function halfRow(label: string, half: HalfMetrics | null, report: ModeReports): PlainRow {
  return plainRow(label, half, half?.queries, report);
}

/** A row of what is told of the first mode only. */
function plainRow(
  label: string,
  means: PlainRow['means'],
  questions: number | undefined,
  { modes }: ModeReports,
): PlainRow {
  const [first] = modes;
  const named = modes.length === 1 || first === undefined ? label : `${label}, ${first.mode}`;
  return { label: named, questions: questions ?? 0, means };
}

function formatReferences({ comparison, baselineCheck }: ModeReports): string[] {
  return [
    ...(comparison === null ? [] : ['', ...formatComparison(comparison)]),
    ...(baselineCheck === null ? [] : ['', ...formatBaselineCheck(baselineCheck)]),
  ];
}

function referencesToJson({ comparison, baselineCheck }: ModeReports) {
  return {
    ...(comparison === null ? {} : { comparison: comparisonToJson(comparison) }),
    ...(baselineCheck === null ? {} : { baseline: baselineCheck }),
  };
}

function remark(count: number, state: string, consequence: string, noun: string, plural?: string): string[] {
  if (count === 0) return [];
  const counted =
    plural !== undefined && count !== 1 ? `${readableNumber(count)} ${plural}` : countOf(count, noun);
  return [`${counted} ${state}: ${consequence}`];
}
