import type { IngestReport } from '../ingest/ingest-report.js';
import { formatProblems, problemToJson } from './format-problems.js';
import { formatTable } from './format-table.js';
import { countOf, readableNumber } from './terminal-text.js';

/** The runs of several paths as one. */
export function sumReports(reports: readonly IngestReport[]): IngestReport {
  const sum = (
    count: 'added' | 'updated' | 'unchanged' | 'removed' | 'passagesEmbedded' | 'textsEmbedded' | 'tookMs',
  ) => reports.reduce((total, report) => total + report[count], 0);
  return {
    added: sum('added'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    removed: sum('removed'),
    problems: reports.flatMap((report) => report.problems),
    passagesEmbedded: sum('passagesEmbedded'),
    textsEmbedded: sum('textsEmbedded'),
    tookMs: sum('tookMs'),
  };
}

/** What a run did, as a table, and its problems with code, file and line. */
export function formatIngestReport(report: IngestReport): string[] {
  const table = formatTable([
    ['added', readableNumber(report.added)],
    ['updated', readableNumber(report.updated)],
    ['unchanged', readableNumber(report.unchanged)],
    ['removed', readableNumber(report.removed)],
    ['passages', readableNumber(report.passagesEmbedded)],
    ['texts embedded', readableNumber(report.textsEmbedded)],
    ['seconds', readableNumber(report.tookMs / 1_000, 1)],
    ['texts/s', readableNumber(textsPerSecond(report), 1)],
  ]);
  if (report.problems.length === 0) return table;
  return [...table, '', `${countOf(report.problems.length, 'problem')}:`, ...formatProblems(report.problems)];
}

export function ingestReportToJson(report: IngestReport) {
  return {
    added: report.added,
    updated: report.updated,
    unchanged: report.unchanged,
    removed: report.removed,
    passages_embedded: report.passagesEmbedded,
    texts_embedded: report.textsEmbedded,
    took_ms: Math.round(report.tookMs),
    texts_per_second: Math.round(textsPerSecond(report) * 10) / 10,
    problems: report.problems.map(problemToJson),
  };
}

/** Something was to go in, and nothing did. */
export function hasFailedWholly(report: IngestReport): boolean {
  return report.problems.length > 0 && report.added + report.updated + report.unchanged === 0;
}

function textsPerSecond({ textsEmbedded, tookMs }: IngestReport): number {
  return tookMs === 0 ? 0 : (textsEmbedded * 1_000) / tookMs;
}
