import { FihristError } from '../domain/errors.js';

interface OtherReference {
  readonly file: string;
  readonly field: string;
  readonly expected: string | number;
  /** Null when the file lacks what is expected. */
  readonly value: string | number | null;
}

/** The EVALUATION_RUN_INVALID error (caller) of a file with the figures of another question set. */
export function otherReference(details: OtherReference): FihristError {
  const { file, field, expected, value } = details;
  const found = value === null ? `${field} lacks ${expected}` : `${field} must be ${expected}, not ${value}`;
  return new FihristError('EVALUATION_RUN_INVALID', `${file}: ${found}.`, { details: { ...details } });
}

/** The EVALUATION_RUN_INVALID error (caller) of a file that holds no figures. */
export function unreadableReference(file: string, problem: string, cause?: unknown): FihristError {
  return new FihristError('EVALUATION_RUN_INVALID', `${file}: ${problem}.`, {
    details: { file, problem },
    ...(cause === undefined ? {} : { cause }),
  });
}
