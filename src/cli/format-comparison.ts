import { share, signed } from './format-modes.js';
import { formatTable } from './format-table.js';
import type { RunComparison } from './mode-reports.js';
import { countOf, inlineText, readableNumber } from './terminal-text.js';

/** What changed since a saved run, question by question, for people. */
export function formatComparison(comparison: RunComparison): string[] {
  const { before, questions, measures, changedBy, changedMost } = comparison;
  const rows = measures.map((measure) => [
    measure.name,
    share(measure.before),
    share(measure.after),
    signed(measure.difference),
    `${signed(measure.interval.low)} … ${signed(measure.interval.high)}`,
    ...[measure.better, measure.worse, measure.same].map((count) => readableNumber(count)),
  ]);
  return [
    `Compared with ${before.mode} of ${inlineText(before.model_fingerprint)}, version ${before.program_version}, ` +
      `over ${countOf(questions, 'question')}:`,
    ...formatTable([
      ['measure', 'before', 'now', 'difference', '95 % interval', 'better', 'worse', 'same'],
      ...rows,
    ]),
    ...(changedMost.length === 0 ? [] : ['', `Changed most by ${changedBy}:`]),
    ...changedMost.map(
      (question) =>
        `  ${inlineText(question.id, 'ltr')} (${question.direction}): ${share(question.before)} to ${share(question.after)}`,
    ),
  ];
}

export function comparisonToJson({ changedBy, changedMost, ...comparison }: RunComparison) {
  return {
    ...comparison,
    measures: Object.fromEntries(
      comparison.measures.map(({ name, interval, ...measure }) => [
        name,
        { ...measure, interval: [interval.low, interval.high] },
      ]),
    ),
    changed_by: changedBy,
    changed_most: changedMost,
  };
}
