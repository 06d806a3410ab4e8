import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The built program, for those who start it themselves. */
export const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Settings for a child: those of the caller's shell must not leak into a test. */
export function childEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('FIHRIST_'));
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...settings };
}

export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program to its end. */
export async function runProgram(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: childEnvironment(settings) });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** What the service logs when it is ready. */
export interface ReadyLine {
  readonly url: string;
  readonly startMs: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly textsEmbedded: number;
}

export interface RunningService extends ReadyLine {
  readonly process: ChildProcess;
  /** Log lines so far, parsed. */
  readonly log: ReadonlyArray<Record<string, unknown>>;
  search(body: object): Promise<{ status: number; body: SearchBody }>;
  /** @returns The exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface SearchBody {
  readonly hits: ReadonlyArray<{
    id: string;
    article_id: string;
    text: string;
    language: string;
    dir: string;
    score: number;
    best_sentence: { start: number; end: number };
  }>;
  readonly total: number;
  readonly query_language: string;
  readonly index_generation: number;
  readonly error?: { code: string; message: string; details: Record<string, unknown> };
}

/** Starts the built service on a free port and waits until it is ready. Rejects with its log when it ends before. */
export async function startService(settings: Readonly<Record<string, string>>): Promise<RunningService> {
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    env: childEnvironment({ FIHRIST_PORT: '0', ...settings }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: Array<Record<string, unknown>> = [];
  const raw: string[] = [];
  const ready = await new Promise<ReadyLine>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      raw.push(line);
      if (!line.startsWith('{')) return;
      const entry = JSON.parse(line) as Record<string, unknown>;
      log.push(entry);
      if (entry.msg === 'ready') resolve(entry as unknown as ReadyLine);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${raw.join('\n')}`)));
  });
  return {
    ...ready,
    process: child,
    log,
    search: async (body) => {
      const response = await fetch(`${ready.url}/v1/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as SearchBody };
    },
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.kill(signal);
      return (await ended)[0];
    },
  };
}
