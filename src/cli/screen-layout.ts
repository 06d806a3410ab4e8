import type { CliIo } from './cli-io.js';
import type { PassageLayout } from './lay-out-passage.js';

/** Lines longer than this are hard to read, however wide the terminal. */
const MAX_LINE_CHARACTERS = 100;
const MIN_LINE_CHARACTERS = 20;

/** How passages look on this standard output: bold and wrapped on a terminal, plain and unwrapped in a pipe. */
export function screenLayout({ stdout, noColour }: CliIo): Pick<PassageLayout, 'mark' | 'width'> {
  const isTerminal = stdout.isTTY === true;
  const width = Math.max(MIN_LINE_CHARACTERS, Math.min(stdout.columns ?? 80, MAX_LINE_CHARACTERS));
  return { mark: isTerminal && !noColour ? 'bold' : 'asterisks', width: isTerminal ? width : null };
}
