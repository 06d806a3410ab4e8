import {
  type EvaluationReport,
  METRIC_NAMES,
  QUESTION_METRIC_NAMES,
  type QuestionMetrics,
  type QuestionReport,
} from './evaluation-report.js';
import { formatProblems, problemToJson } from './format-problems.js';
import { formatTable } from './format-table.js';
import { countOf, readableNumber } from './terminal-text.js';

/** The evaluation of a BEIR folder as a small table, with what must be known to judge the numbers. */
export function formatEvaluation(report: EvaluationReport): string[] {
  const { tuningHalf, heldOutHalf, problems } = report;
  const rows = METRIC_NAMES.map((name) => [
    name,
    share(report[name]),
    share(tuningHalf?.[name]),
    share(heldOutHalf?.[name]),
  ]);
  const counts = [report.queries, tuningHalf?.queries ?? 0, heldOutHalf?.queries ?? 0];
  return [
    ...formatTable([
      ['measure', 'all', 'tuning half', 'held-out half'],
      ...rows,
      ['queries', ...counts.map((count) => readableNumber(count))],
    ]),
    '',
    `${countOf(report.documents, 'document')}, ${countOf(report.passages, 'passage')}`,
    ...remark(report.queriesWithoutRelevant, 'without a relevant document', 'left out', 'query', 'queries'),
    ...remark(report.relevantNotInCorpus, 'not in the corpus', 'counted as not found', 'relevant document'),
    ...remark(problems.length, 'not indexed', 'counted as not found', 'document'),
    ...formatProblems(problems).map((line) => `  ${line}`),
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
  };
}

/** What an archive's own questions showed, as a table of directions and one line about unanswerable questions. */
export function formatQuestionReport(report: QuestionReport): string[] {
  const { byDirection, answerableAuc, medianTopScore } = report;
  const row = (label: string, metrics: QuestionMetrics | null) => [
    label,
    readableNumber(metrics?.questions ?? 0),
    ...QUESTION_METRIC_NAMES.map((name) => share(metrics?.[name])),
  ];
  return [
    ...formatTable([
      ['answer is in', 'questions', ...QUESTION_METRIC_NAMES],
      row('the same language', byDirection.same),
      row('the other language', byDirection.across),
      row('both languages', byDirection.either),
      row('all', report),
    ]),
    '',
    `${countOf(report.unanswerable, 'question')} without an answer; median top score ` +
      `${share(medianTopScore.answerable)} with an answer, ${share(medianTopScore.unanswerable)} without; ` +
      `AUC ${share(answerableAuc)}`,
    ...remark(report.withoutHits, 'for which no passage was found', 'is the archive empty?', 'question'),
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
  };
}

function only<Name extends string>(record: Readonly<Record<Name, number>>, names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}

function share(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(4);
}

function remark(count: number, state: string, consequence: string, noun: string, plural?: string): string[] {
  if (count === 0) return [];
  const counted =
    plural !== undefined && count !== 1 ? `${readableNumber(count)} ${plural}` : countOf(count, noun);
  return [`${counted} ${state}: ${consequence}`];
}
