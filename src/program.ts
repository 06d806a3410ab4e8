import { readFileSync } from 'node:fs';
import { processIo } from './cli/process-io.js';
import { reportError } from './cli/report-error.js';
import { runCli } from './cli/run-cli.js';
import { readConfig, wantsNoColour } from './config.js';
import { createCliServices } from './services.js';
import { openLogger } from './telemetry/open-logger.js';
import { hasHungThread } from './threads/hung-threads.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

let writeOut = () => {};
const io = processIo({ noColour: wantsNoColour(), interrupted: interruption.signal });
try {
  const config = readConfig();
  const log = openLogger(config.logLevel);
  writeOut = log.writeOut;
  process.exitCode = await runCli(
    process.argv.slice(2),
    createCliServices({ config, logger: log.logger, version }),
    io,
  );
} catch (error) {
  process.exitCode = reportError(error, io, { json: process.argv.includes('--json') });
}
// Node waits for all threads before it ends, and one that hangs in native code never comes: all has been said by now.
if (hasHungThread()) {
  writeOut();
  process.kill(process.pid, 'SIGKILL');
}
