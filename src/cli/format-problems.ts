import type { ErrorCode, ErrorDetails } from '../domain/errors.js';
import { withSnakeCaseKeys } from '../text/with-snake-case-keys.js';
import { inlineText, printable } from './terminal-text.js';

/** An error or an ingest problem: both carry these. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** One line a problem: where, which code, what. Nothing of no problems. */
export function formatProblems(problems: readonly Problem[]): string[] {
  return problems.map(({ code, message, details }) => {
    const { file, line } = details;
    const place =
      file === undefined ? '' : `${inlineText(String(file), 'ltr')}${line == null ? '' : `:${line}`}: `;
    return `${place}${code}: ${printable(message)}`;
  });
}

/** A problem as programs get it. */
export interface PrintedProblem {
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
}

export function problemToJson({ code, message, details }: Problem): PrintedProblem {
  return { code, message, details: withSnakeCaseKeys(details) };
}
