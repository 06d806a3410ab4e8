#!/usr/bin/env node
// The entry: loads the program, which opens hundreds of files at once, so that even this can fail with a sentence.

const ENOUGH_OPEN_FILES = 1_024;

try {
  await import('./program.js');
} catch (error) {
  if (!(error instanceof Error) || !isOfTooFewFiles(error)) throw error;
  process.stderr.write(
    `fihrist: The program cannot be loaded (${error.message}): raise the limit of open files (ulimit -n) to ${ENOUGH_OPEN_FILES}.\n`,
  );
  process.exitCode = 3;
}

/** Node says of a package whose description it could not open that there is none. */
function isOfTooFewFiles(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  if (/^(EMFILE|ENFILE)$/.test(code)) return true;
  if (code !== 'ERR_MODULE_NOT_FOUND') return false;
  const report = process.report?.getReport() as
    | { userLimits?: { open_files?: { soft?: number | string } } }
    | undefined;
  return Number(report?.userLimits?.open_files?.soft) < ENOUGH_OPEN_FILES;
}
