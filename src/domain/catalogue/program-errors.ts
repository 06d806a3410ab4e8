import type { ErrorEntry } from './error-entry.js';

/** What can be wrong with measuring, and with the program itself. See error-catalogue.ts. */
export const PROGRAM_ERRORS = {
  EVALUATION_FOLDER_INVALID: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'The folder is not a BEIR question set.',
  },
  EVALUATION_RUN_INVALID: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'A saved run or baseline cannot be read, or is of another question set.',
  },
  WORKER_STOPPED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'A worker thread stopped; the message says which and why.',
  },
  INTERNAL: {
    fault: 'bug',
    httpStatus: 500,
    meaning: 'Something went wrong that should not; the log has the details under the request id.',
  },
} as const satisfies Record<string, ErrorEntry>;
