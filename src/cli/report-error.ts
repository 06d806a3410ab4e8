import { CommanderError } from 'commander';
import type { ErrorFault } from '../domain/error-catalogue.js';
import { FihristError } from '../domain/errors.js';
import { type CliIo, printJson } from './cli-io.js';
import { type PrintedProblem, problemToJson } from './format-problems.js';
import { printable } from './terminal-text.js';

/** Exit codes of the program; 0 is success. 130 is what shells expect after Ctrl-C, 70 is EX_SOFTWARE of sysexits.h. */
export const EXIT_CODES = { caller: 1, usage: 2, operator: 3, bug: 70, interrupted: 130 } as const;

export function exitCodeOf(fault: ErrorFault): number {
  return EXIT_CODES[fault];
}

/**
 * Says on standard error (or, for programs, as one JSON line on standard output) what went wrong. No stack traces.
 * @returns The exit code.
 */
export function reportError(error: unknown, io: CliIo, options: { json: boolean }): number {
  if (error instanceof CommanderError) return reportUsage(error, io, options);
  if (io.interrupted.aborted && isAbort(error)) {
    io.stderr.write('fihrist: stopped before the end.\n');
    return EXIT_CODES.interrupted;
  }
  if (error instanceof FihristError) {
    printError(problemToJson(error), io, options);
    return exitCodeOf(error.fault);
  }
  const cause = error instanceof Error ? error.message : String(error);
  const message = `Something went wrong that should not: ${cause}`;
  printError({ code: 'INTERNAL', message, details: {} }, io, options);
  return EXIT_CODES.bug;
}

/** Commander throws for --help and --version too, with exit code 0; they have been printed by then. */
function reportUsage(error: CommanderError, io: CliIo, options: { json: boolean }): number {
  if (error.exitCode === 0) return 0;
  if (error.code === 'commander.help') return EXIT_CODES.usage;
  const message = error.message.replace(/^error: /, '').replace(/\n\(/, ' (');
  if (options.json) {
    printJson(io, { error: { code: 'INVALID_REQUEST', message, details: {} } });
  } else {
    io.stderr.write(`fihrist: ${printable(message)}\nRun the command with --help to see what it takes.\n`);
  }
  return EXIT_CODES.usage;
}

function printError(error: PrintedProblem, io: CliIo, { json }: { json: boolean }): void {
  if (json) printJson(io, { error });
  else io.stderr.write(`fihrist: ${printable(error.message)} (${error.code})\n`);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
