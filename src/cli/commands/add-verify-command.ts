import type { Command } from 'commander';
import { withSnakeCaseKeys } from '../../text/with-snake-case-keys.js';
import { printJson, printLines } from '../cli-io.js';
import type { VerifyReport } from '../cli-services.js';
import type { CommandContext } from '../create-program.js';
import { formatTable } from '../format-table.js';
import { EXIT_CODES } from '../report-error.js';
import { countOf, printable, readableNumber } from '../terminal-text.js';

/** `fihrist verify`: whether what is on disk is whole. */
export function addVerifyCommand(program: Command, { services, io, exitWith }: CommandContext): void {
  program
    .command('verify')
    .description('Check that the archive on disk is whole. Changes nothing.')
    .option('--json', 'print the findings as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist verify')
    .action(async (options: { json?: true }) => {
      const report = await services.verify();
      const { ok, problems, checked } = report;
      if (options.json) printJson(io, { ok, problems, checked: withSnakeCaseKeys(checked) });
      else printLines(io, formatVerifyReport(report));
      if (!ok) exitWith(EXIT_CODES.operator);
    });
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
