import { CORPUS_ERRORS } from './catalogue/corpus-errors.js';
import { MODEL_ERRORS } from './catalogue/model-errors.js';
import { PROGRAM_ERRORS } from './catalogue/program-errors.js';
import { REQUEST_ERRORS } from './catalogue/request-errors.js';
import { STORE_ERRORS } from './catalogue/store-errors.js';

export type { ErrorFault } from './catalogue/error-entry.js';

/**
 * Every error that can reach a person, one entry a code. Closed: a code that is not here cannot be thrown.
 * docs/errors.md has one section a code, and a test fails when one is missing.
 */
export const ERROR_CATALOGUE = {
  ...REQUEST_ERRORS,
  ...CORPUS_ERRORS,
  ...MODEL_ERRORS,
  ...STORE_ERRORS,
  ...PROGRAM_ERRORS,
} as const;
