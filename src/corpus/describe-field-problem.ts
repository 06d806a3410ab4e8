import type { z } from 'zod';

const MAX_SHOWN_CHARACTERS = 80;

/** What is wrong with a field, in a sentence's worth of words and as facts for a program. */
export interface FieldProblem {
  readonly field: string;
  readonly value: string;
  readonly problem: string;
}

/** Names the first field that a schema refused, the value it had (shortened) and why. */
export function describeFieldProblem(error: z.ZodError, input: unknown): FieldProblem {
  const issue = error.issues[0];
  const path = issue?.path ?? [];
  const field = path.length === 0 ? '(the whole)' : path.map(String).join('.');
  return { field, value: show(valueAt(input, path)), problem: issue?.message ?? 'is not valid' };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

function show(value: unknown): string {
  const shown = value === undefined ? 'missing' : JSON.stringify(value);
  return shown.length > MAX_SHOWN_CHARACTERS ? `${shown.slice(0, MAX_SHOWN_CHARACTERS)}…` : shown;
}
