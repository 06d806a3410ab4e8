import type { Command } from 'commander';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { createProgressReporter } from '../progress-reporter.js';
import { readIntegerOption } from '../read-integer-option.js';
import { ingestWork } from '../work-progress.js';

interface ServeCommandOptions {
  readonly host?: string;
  readonly port?: string;
  readonly json?: true;
}

/** `fihrist serve`: the service, until it is stopped. */
export function addServeCommand(program: Command, { services, io }: CommandContext): void {
  program
    .command('serve')
    .description('Index the corpus and answer requests until stopped.')
    .option('--host <address>', 'address to listen on, instead of FIHRIST_HOST')
    .option('--port <n>', 'port to listen on, 0 for any free one, instead of FIHRIST_PORT')
    .option('--json', 'print the address as one line of JSON, when requests are answered')
    .addHelpText('after', '\nExample:\n  fihrist serve --port 8080')
    .action(async (options: ServeCommandOptions) => {
      const { host, port, json } = options;
      const bar = createProgressReporter(io.stderr);
      try {
        await services.serve({
          ...(host === undefined ? {} : { host }),
          ...(port === undefined
            ? {}
            : { port: readIntegerOption('port', port, { minimum: 0, maximum: 65_535 }) }),
          // Without a terminal standard error is a log of JSON lines: the service logs its progress there itself.
          ...(io.stderr.isTTY === true
            ? {
                onProgress: (progress) => {
                  if (progress.phase === 'done') bar.stop();
                  else bar.report(ingestWork(progress));
                },
              }
            : {}),
          onListening: (url) => {
            if (json) printJson(io, { url });
            else printLines(io, [`Fihrist listens on ${url}`]);
          },
          signal: io.interrupted,
        });
      } finally {
        bar.stop();
      }
    });
}
