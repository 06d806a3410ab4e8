/** Where text goes. A terminal has `isTTY` and its width in `columns`. */
export type CliOutput = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** The world outside the commands. */
export interface CliIo {
  /** Results, and with --json one line of JSON. Nothing else. */
  readonly stdout: CliOutput;
  /** Progress and errors. */
  readonly stderr: CliOutput;
  /** No escape sequences in results, even on a terminal (https://no-color.org). */
  readonly noColour: boolean;
  /** Fires when the person at the keyboard, or the system, wants the program to stop. */
  readonly interrupted: AbortSignal;
  writeFile(path: string, text: string): Promise<void>;
  /** Rejects when `path` cannot be written to. What is in the file stays; a file that is not there is made, empty. */
  checkWritable(path: string): Promise<void>;
  /** UTF-8. */
  readFile(path: string): Promise<string>;
}

/** Prints `value` as the one JSON line of a command. */
export function printJson(io: CliIo, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value)}\n`);
}

export function printLines(io: CliIo, lines: readonly string[]): void {
  io.stdout.write(lines.map((line) => `${line}\n`).join(''));
}
