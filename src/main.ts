#!/usr/bin/env node
// The entry: loads the program, which opens many files at once, so that even this can fail with a sentence.
import { openFilesRemedy } from './domain/open-files.js';

try {
  await import('./program.js');
} catch (error) {
  const remedy = error instanceof Error ? openFilesRemedy(error) : null;
  if (!(error instanceof Error) || remedy === null) throw error;
  process.stderr.write(`fihrist: The program cannot be loaded (${error.message}): ${remedy}.\n`);
  process.exitCode = 3;
}
