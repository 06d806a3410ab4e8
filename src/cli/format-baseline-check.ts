import { share } from './format-modes.js';
import { formatTable } from './format-table.js';
import type { BaselineCheck } from './mode-reports.js';
import { countOf } from './terminal-text.js';

/** How the measures stand to a baseline, for people: a table of those that fell, and one line that counts. */
export function formatBaselineCheck({ held, measures }: BaselineCheck): string[] {
  const failed = measures.filter(({ verdict }) => verdict === 'lower' || verdict === 'gone');
  const added = measures.filter(({ verdict }) => verdict === 'added').length;
  const counted = countOf(measures.length - added, 'measure');
  const unknown = added === 0 ? '' : `; ${countOf(added, 'measure')} not in it`;
  if (held) return [`Baseline: ${counted} held${unknown}.`];
  return [
    `Baseline: ${failed.length} of ${counted} lower than it by more than the margin${unknown}:`,
    ...formatTable([
      ['mode and direction', 'measure', 'baseline', 'margin', 'now', 'lower by'],
      ...failed.map(({ mode, row, measure, baseline, margin, value }) => [
        `${mode}, ${row}`,
        measure,
        share(baseline),
        share(margin),
        share(value),
        share(baseline === null || value === null ? null : baseline - value),
      ]),
    ]),
  ];
}
