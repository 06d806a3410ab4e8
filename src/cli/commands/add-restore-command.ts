import type { Command } from 'commander';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { formatRestored, restoredToJson } from '../format-backup.js';
import { withProgress } from '../progress-reporter.js';
import { backupWork } from '../work-progress.js';

/** `fihrist restore`: the archive as a backup holds it. */
export function addRestoreCommand(program: Command, { services, io }: CommandContext): void {
  program
    .command('restore')
    .description('Check a backup and make the index folder hold what it holds; the service must not run.')
    .argument('<file>', 'a file that `fihrist backup` has made')
    .option('--replace', 'let the archive that is in the index folder give way')
    .option('--json', 'print what was restored as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist restore /backups/fihrist.tar --replace')
    .action(async (file: string, { replace = false, json }: { replace?: boolean; json?: true }) => {
      const restored = await withProgress(io.stderr, (show) =>
        services.restore(
          file,
          { replaces: replace },
          (progress) => show(backupWork(progress)),
          io.interrupted,
        ),
      );
      if (json) printJson(io, restoredToJson(restored));
      else printLines(io, formatRestored(restored));
    });
}
