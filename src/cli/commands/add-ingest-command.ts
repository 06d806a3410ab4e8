import type { Command } from 'commander';
import { FihristError } from '../../domain/errors.js';
import type { IngestReport } from '../../ingest/ingest-report.js';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { formatIngestReport, hasFailedWholly, ingestReportToJson, sumReports } from '../ingest-summary.js';
import { withProgress } from '../progress-reporter.js';
import { EXIT_CODES } from '../report-error.js';
import { withArchive } from '../with-archive.js';
import { ingestWork } from '../work-progress.js';

/** `fihrist ingest`: articles into the archive. */
export function addIngestCommand(program: Command, { services, io, exitWith }: CommandContext): void {
  program
    .command('ingest')
    .description('Index files and folders of articles; what is unchanged costs nothing.')
    .argument('<path...>', 'folders or files of articles (.txt, .md, .jsonl)')
    .option('--json', 'print the summary as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist ingest articles/ar articles/en')
    .action(async (paths: readonly string[], options: { json?: true }) => {
      const report = await withArchive(services, 'write', (archive) =>
        withProgress(io.stderr, (show) =>
          ingestPaths(paths, (path) =>
            archive.ingest(path, (progress) => show(ingestWork(progress)), io.interrupted),
          ),
        ),
      );
      if (options.json) printJson(io, ingestReportToJson(report));
      else printLines(io, formatIngestReport(report));
      if (hasFailedWholly(report)) exitWith(EXIT_CODES.caller);
    });
}

/** One after the other. A path that cannot be read is a problem among others, unless there is no other path. */
async function ingestPaths(
  paths: readonly string[],
  ingest: (path: string) => Promise<IngestReport>,
): Promise<IngestReport> {
  const reports: IngestReport[] = [];
  for (const path of paths) {
    try {
      reports.push(await ingest(path));
    } catch (error) {
      if (paths.length === 1 || !isUnreadablePath(error)) throw error;
      reports.push({ ...sumReports([]), problems: [error] });
    }
  }
  return sumReports(reports);
}

function isUnreadablePath(error: unknown): error is FihristError {
  return (
    error instanceof FihristError && (error.code === 'CORPUS_NOT_FOUND' || error.code === 'CORPUS_UNREADABLE')
  );
}
