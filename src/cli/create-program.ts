import { Command } from 'commander';
import type { CliIo } from './cli-io.js';
import type { CliServices } from './cli-services.js';
import { addAblationsCommand } from './commands/add-ablations-command.js';
import { addAnalyzeCommand } from './commands/add-analyze-command.js';
import { addBackupCommand } from './commands/add-backup-command.js';
import { addEvaluateCommand } from './commands/add-evaluate-command.js';
import { addIngestCommand } from './commands/add-ingest-command.js';
import { addKeysCommand } from './commands/add-keys-command.js';
import { addMcpCommand } from './commands/add-mcp-command.js';
import { addPassagesCommand } from './commands/add-passages-command.js';
import { addReembedCommand } from './commands/add-reembed-command.js';
import { addRelatedCommand } from './commands/add-related-command.js';
import { addRestoreCommand } from './commands/add-restore-command.js';
import { addSearchCommand } from './commands/add-search-command.js';
import { addServeCommand } from './commands/add-serve-command.js';
import { addStatsCommand } from './commands/add-stats-command.js';
import { addTuneCommand } from './commands/add-tune-command.js';
import { addVerifyCommand } from './commands/add-verify-command.js';

/** What a command works with. */
export interface CommandContext {
  readonly services: CliServices;
  readonly io: CliIo;
  /** For a command that did its work and still has something to say by its exit code. */
  readonly exitWith: (code: number) => void;
}

/** The commands with their options. Throws CommanderError instead of ending the process. */
export function createProgram(context: CommandContext): Command {
  const { services, io } = context;
  const program = new Command('fihrist')
    .description('Semantic search for Arabic and English articles.')
    .version(services.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // Commander would print its errors here; they are reported with all others.
      outputError: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addServeCommand(program, context);
  addMcpCommand(program, context);
  addIngestCommand(program, context);
  addSearchCommand(program, context);
  addRelatedCommand(program, context);
  addAnalyzeCommand(program, context);
  addPassagesCommand(program, context);
  addEvaluateCommand(program, context);
  addAblationsCommand(program, context);
  addTuneCommand(program, context);
  addKeysCommand(program, context);
  addBackupCommand(program, context);
  addRestoreCommand(program, context);
  addVerifyCommand(program, context);
  addReembedCommand(program, context);
  addStatsCommand(program, context);
  return program;
}
