import type { Command } from 'commander';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { backupToJson, formatBackup } from '../format-backup.js';
import { withProgress } from '../progress-reporter.js';
import { backupWork } from '../work-progress.js';

/** `fihrist backup`: all that cannot be made again, as one file. Works while the service runs. */
export function addBackupCommand(program: Command, { services, io }: CommandContext): void {
  program
    .command('backup')
    .description('Save the archive, its keys and waiting tasks as one file; the service may run and write.')
    .argument('<file>', 'where the backup is to be')
    .option('--replace', 'let a file of this name give way once the new one is whole')
    .option('--json', 'print what was saved as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist backup /backups/fihrist.tar')
    .action(async (file: string, { replace = false, json }: { replace?: boolean; json?: true }) => {
      const backup = await withProgress(io.stderr, (show) =>
        services.backup(
          file,
          { replaces: replace },
          (progress) => show(backupWork(progress)),
          io.interrupted,
        ),
      );
      if (json) printJson(io, backupToJson(backup));
      else printLines(io, formatBackup(backup));
    });
}
