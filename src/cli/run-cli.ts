import type { CliIo } from './cli-io.js';
import type { CliServices } from './cli-services.js';
import { createProgram } from './create-program.js';
import { reportError } from './report-error.js';

/**
 * Runs one command line.
 * @param argv  What was typed after `fihrist`.
 * @returns The exit code: 0 done, 1 the caller's mistake, 2 not a command line, 3 something for the operator,
 *   70 a bug, 130 interrupted. Never throws.
 */
export async function runCli(argv: readonly string[], services: CliServices, io: CliIo): Promise<number> {
  let exitCode = 0;
  const program = createProgram({
    services,
    io,
    exitWith: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportError(error, io, { json: wantsJson(argv) });
  }
}

/** Also when the command line is too wrong to be parsed. What follows `--` is no option. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? argv.length : end).includes('--json');
}
