import type { AnswerReport } from './answer-report.js';
import { formatTable } from './format-table.js';
import { readableNumber } from './terminal-text.js';

/** What answers were like, each line with the number that it is a share of. */
export function formatAnswerReport(report: AnswerReport): string[] {
  const { answerable, unanswerable, citations } = report;
  const { questions, answered, rightFirst, rightCited, holdsQuote } = answerable;
  const row = (label: string, count: number, of: number) => [
    label,
    readableNumber(count),
    readableNumber(of),
    of === 0 ? '–' : `${((100 * count) / of).toFixed(1)} %`,
  ];
  return formatTable([
    ['', 'count', 'of', 'share'],
    row('questions with an answer that are answered', answered, questions),
    row('of these, a right passage is cited first', rightFirst, answered),
    row('of these, a right passage is cited', rightCited, answered),
    row('of these, the very words are quoted', holdsQuote, answered),
    row('questions without an answer that are refused', unanswerable.refused, unanswerable.questions),
    row('citations that quote their passage verbatim', citations.verbatim, citations.all),
  ]);
}

export function answerReportToJson({ answerable, unanswerable, citations }: AnswerReport) {
  return {
    questions: answerable.questions,
    answered: answerable.answered,
    right_first: answerable.rightFirst,
    right_cited: answerable.rightCited,
    holds_quote: answerable.holdsQuote,
    unanswerable: unanswerable.questions,
    refused: unanswerable.refused,
    citations: citations.all,
    verbatim: citations.verbatim,
  };
}
