import { Writable } from 'node:stream';
import type { CliIo, CliOutput } from '../../../src/cli/cli-io.js';
import type { CliArchive, CliServices } from '../../../src/cli/cli-services.js';
import { runCli } from '../../../src/cli/run-cli.js';

/** What a run left behind. */
export interface CapturedRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: ReadonlyMap<string, string>;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly noColour?: boolean;
  readonly interrupted?: AbortSignal;
  /** What can be read, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Called before a file is written; may throw. */
  readonly beforeWrite?: (path: string) => void;
}

class CapturedOutput extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

export function capturedIo(terminal: Terminal = {}) {
  const { isTTY = false, columns = 60, noColour = false } = terminal;
  const outputs = { stdout: new CapturedOutput(), stderr: new CapturedOutput() };
  const files = new Map<string, string>();
  const asTerminal = (output: CapturedOutput): CliOutput =>
    isTTY ? Object.assign(output, { isTTY, columns }) : output;
  const io: CliIo = {
    stdout: asTerminal(outputs.stdout),
    stderr: asTerminal(outputs.stderr),
    noColour,
    interrupted: terminal.interrupted ?? new AbortController().signal,
    writeFile: async (path, text) => {
      terminal.beforeWrite?.(path);
      files.set(path, text);
    },
    checkWritable: async (path) => terminal.beforeWrite?.(path),
    readFile: async (path) => {
      const text = terminal.files?.[path];
      if (text === undefined) throw new Error('ENOENT: no such file or directory');
      return text;
    },
  };
  return { io, outputs, files };
}

/** Runs a command line on the given services; those that are not given must not be needed. */
export async function runCaptured(
  argv: readonly string[],
  services: Partial<CliServices> = {},
  terminal: Terminal = {},
): Promise<CapturedRun> {
  const { io, outputs, files } = capturedIo(terminal);
  const exitCode = await runCli(argv, servicesWith(services), io);
  return { exitCode, stdout: outputs.stdout.text, stderr: outputs.stderr.text, files };
}

export function servicesWith(services: Partial<CliServices>): CliServices {
  return {
    version: '9.8.7',
    serve: notNeeded,
    serveMcp: notNeeded,
    openArchive: notNeeded,
    previewFile: () => notNeeded(),
    verify: notNeeded,
    repair: notNeeded,
    backup: notNeeded,
    restore: notNeeded,
    reembed: notNeeded,
    dropEdition: notNeeded,
    createKey: notNeeded,
    listKeys: notNeeded,
    revokeKey: notNeeded,
    evaluate: notNeeded,
    evaluateAnswers: notNeeded,
    evaluateQuestions: notNeeded,
    measureAblations: notNeeded,
    tuneWeights: notNeeded,
    ...services,
  };
}

export function archiveWith(archive: Partial<CliArchive>): CliArchive {
  return {
    search: notNeeded,
    related: notNeeded,
    ingest: notNeeded,
    stats: notNeeded,
    close: async () => {},
    ...archive,
  };
}

function notNeeded(): never {
  throw new Error('this test does not provide that service');
}
