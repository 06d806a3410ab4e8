import { createReadStream } from 'node:fs';
import { invalidEvaluationFile } from './invalid-evaluation-file.js';

/** One line of a text file without its end; `number` counts from 1 and counts blank lines too. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** Streams the lines of a file. @throws EVALUATION_FOLDER_INVALID (caller) when the file cannot be read */
export type ReadTextLines = (file: string) => AsyncIterable<TextLine>;

/** The real thing: UTF-8 from disk, one chunk in memory at a time. */
export async function* readTextLines(file: string): AsyncGenerator<TextLine> {
  const stream = createReadStream(file, { encoding: 'utf8' });
  try {
    yield* splitLines(stream as AsyncIterable<string>);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === null) throw error;
    const problem = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw invalidEvaluationFile({ file, problem, cause: error });
  }
}

/**
 * Cuts a stream of text at `\n` and `\r\n` only. Node's readline also cuts at U+2028 and U+2029, which JSON
 * strings may hold. A byte order mark at the start is not part of the first line.
 */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<TextLine> {
  let number = 0;
  let rest = '';
  for await (const chunk of chunks) {
    const pieces = (rest + chunk).split('\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) yield textLine(++number, piece);
  }
  if (rest !== '') yield textLine(++number, rest);
}

function textLine(number: number, piece: string): TextLine {
  const text = number === 1 ? piece.replace(/^\uFEFF/, '') : piece;
  return { number, text: text.endsWith('\r') ? text.slice(0, -1) : text };
}

function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
