import { FihristError } from '../domain/errors.js';

interface EvaluationFileProblem {
  readonly file: string;
  /** From 1; left out when the file as a whole is meant. */
  readonly line?: number;
  /** What is wrong, as the end of a sentence that starts with the place. */
  readonly problem: string;
  readonly cause?: unknown;
}

/** The EVALUATION_FOLDER_INVALID error (caller) that names the file, the line and what is wrong there. */
export function invalidEvaluationFile({ file, line, problem, cause }: EvaluationFileProblem): FihristError {
  const place = line === undefined ? file : `${file}, line ${line}`;
  return new FihristError('EVALUATION_FOLDER_INVALID', `${place}: ${problem}.`, {
    details: { file, ...(line === undefined ? {} : { line }), problem },
    ...(cause === undefined ? {} : { cause }),
  });
}
