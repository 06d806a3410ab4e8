import type { Command } from 'commander';
import { withSnakeCaseKeys } from '../../text/with-snake-case-keys.js';
import { printJson, printLines } from '../cli-io.js';
import type { RepairReport, VerifyReport } from '../cli-services.js';
import type { CommandContext } from '../create-program.js';
import { formatTable } from '../format-table.js';
import { EXIT_CODES } from '../report-error.js';
import { countOf, printable, readableNumber } from '../terminal-text.js';

/** `fihrist verify`: whether what is on disk is whole, and making it whole. */
export function addVerifyCommand(program: Command, { services, io, exitWith }: CommandContext): void {
  program
    .command('verify')
    .description('Check that the archive on disk is whole. Without --repair it changes nothing.')
    .option('--repair', 'make again what can be made again; the service must not run')
    .option('--json', 'print the findings as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist verify')
    .action(async ({ repair = false, json = false }: { repair?: boolean; json?: boolean }) => {
      const report: VerifyReport & Partial<RepairReport> = await (repair
        ? services.repair()
        : services.verify());
      if (json) printJson(io, verifyReportToJson(report));
      else printLines(io, [...formatRepaired(report), ...formatVerifyReport(report)]);
      if (!report.ok) exitWith(EXIT_CODES.operator);
    });
}

function verifyReportToJson({ ok, problems, checked, repaired }: VerifyReport & Partial<RepairReport>) {
  return {
    ok,
    problems,
    checked: withSnakeCaseKeys(checked),
    ...(repaired === undefined ? {} : { repaired: withSnakeCaseKeys(repaired) }),
  };
}

function formatRepaired({ repaired }: Partial<RepairReport>): string[] {
  if (repaired === undefined) return [];
  const { articles, toReadAgain, orphansRemoved, madeWords } = repaired;
  return [
    'Repaired:',
    ...formatTable([
      ['articles made again from their texts', readableNumber(articles)],
      ['articles that the next start or ingest reads again', readableNumber(toReadAgain)],
      ['rows that belonged to nothing', readableNumber(orphansRemoved)],
      ['words of all passages', madeWords ? 'made anew' : 'were right'],
    ]),
    '',
  ];
}

function formatVerifyReport({ ok, problems, checked }: VerifyReport): string[] {
  const counts = Object.entries(withSnakeCaseKeys(checked)).map(([name, count]) => [
    name.replaceAll('_', ' '),
    readableNumber(count),
  ]);
  const verdict = ok ? 'All is well.' : `${countOf(problems.length, 'problem')}:`;
  return [
    'Checked:',
    ...formatTable(counts),
    '',
    verdict,
    ...problems.map((problem) => `  ${printable(problem)}`),
  ];
}
