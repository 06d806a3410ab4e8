import type { z } from 'zod';
import { invalidEvaluationFile } from './invalid-evaluation-file.js';
import type { ReadTextLines } from './read-text-lines.js';

export interface JsonLine<Value> {
  readonly value: Value;
  /** Line of the file, from 1. */
  readonly line: number;
}

/**
 * Streams the records of a JSON Lines file; blank lines are passed over.
 * @throws EVALUATION_FOLDER_INVALID (caller) with file, line and problem, at the first record that `schema` refuses
 */
export async function* readJsonLines<Value>(
  file: string,
  schema: z.ZodType<Value>,
  readLines: ReadTextLines,
): AsyncGenerator<JsonLine<Value>> {
  for await (const { number, text } of readLines(file)) {
    if (text.trim() === '') continue;
    const parsed = schema.safeParse(parseJson(file, number, text));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = issue?.path.join('.') ?? '';
      const problem = issue?.message ?? 'the record has a wrong shape';
      throw invalidEvaluationFile({
        file,
        line: number,
        problem: field === '' ? problem : `${field}: ${problem}`,
      });
    }
    yield { value: parsed.data, line: number };
  }
}

function parseJson(file: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidEvaluationFile({ file, line, problem: 'the line is not valid JSON', cause });
  }
}
