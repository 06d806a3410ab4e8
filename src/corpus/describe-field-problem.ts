import type { z } from 'zod';
import { quoteValue } from '../text/describe-value.js';

/** What is wrong with a field, in a sentence's worth of words and as facts for a program. */
export interface FieldProblem {
  readonly field: string;
  readonly value: string;
  readonly problem: string;
}

/** Names the first field that a schema refused, the value it had (as `quoteValue` shows it) and why. */
export function describeFieldProblem(error: z.ZodError, input: unknown): FieldProblem {
  const issue = error.issues[0];
  const path = issue?.path ?? [];
  const value = valueAt(input, path);
  const field = path.length === 0 ? '(the whole)' : path.map(String).join('.');
  return {
    field,
    value: value === undefined ? 'missing' : quoteValue(value),
    problem: issue?.message ?? 'is not valid',
  };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}
