#!/usr/bin/env node
// The entry: loads the program, which opens hundreds of files at once, so that even this can fail with a sentence.
try {
  await import('./program.js');
} catch (error) {
  if (!(error instanceof Error && 'code' in error && /^(EMFILE|ENFILE)$/.test(String(error.code))))
    throw error;
  process.stderr.write(
    `fihrist: The program cannot be loaded (${error.message}): raise the limit of open files (ulimit -n), 1,024 are enough.\n`,
  );
  process.exitCode = 3;
}
