import type { CliIo } from './cli-io.js';
import { formatTrecRun } from './format-trec-run.js';
import type { ModeReports } from './mode-reports.js';
import type { EvaluateOptions } from './read-evaluate-options.js';
import { checkResultFile, type ResultFile, toJsonLines, writeResultFile } from './write-result-file.js';

/** What an evaluation leaves in files: its reports, and a record of each question for --per-query. */
export interface EvaluationResults {
  readonly reports: ModeReports;
  readonly perQuery: readonly unknown[];
}

interface WrittenFile extends ResultFile {
  readonly textOf: (results: EvaluationResults) => string;
}

/** @throws INVALID_REQUEST (caller) when a file that the options name cannot be written */
export async function checkEvaluationFiles(io: CliIo, options: EvaluateOptions): Promise<void> {
  for (const file of writtenFiles(options)) await checkResultFile(io, file);
}

/** @throws INVALID_REQUEST (caller) when a file cannot be written */
export async function writeEvaluationFiles(
  io: CliIo,
  options: EvaluateOptions,
  results: EvaluationResults,
): Promise<void> {
  for (const file of writtenFiles(options)) await writeResultFile(io, file, file.textOf(results));
}

function writtenFiles(options: EvaluateOptions): WrittenFile[] {
  const { perQuery, saveRun, trec, baseline, writeBaseline } = options;
  const files: Array<Omit<WrittenFile, 'path'> & { path: string | undefined }> = [
    { option: 'per-query', path: perQuery, textOf: (results) => toJsonLines(results.perQuery) },
    { option: 'save-run', path: saveRun, textOf: ({ reports }) => toJsonLines(reports.runs) },
    { option: 'trec', path: trec, textOf: ({ reports }) => reports.runs.map(formatTrecRun).join('') },
    {
      option: 'baseline',
      path: writeBaseline && baseline,
      textOf: ({ reports }) => `${JSON.stringify(reports.baseline, null, 2)}\n`,
    },
  ];
  return files.flatMap(({ path, ...file }) => (path === undefined ? [] : [{ ...file, path }]));
}
