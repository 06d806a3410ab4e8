import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { childEnvironment, PROGRAM } from '../e2e/running-program.js';

export interface EndedProcess {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program around the service, such as a shell with limits: gets the command as its last arguments. */
export interface Around {
  readonly command: string;
  readonly args: readonly string[];
}

/** The built service as a process that may end at any moment. */
export class ServedProcess {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  /** When it has ended, however. */
  readonly ended: Promise<EndedProcess>;
  /** Address of the service once it is ready; null when it has ended before. */
  readonly ready: Promise<string | null>;
  readonly startedAt = performance.now();

  constructor(settings: Readonly<Record<string, string>>, around?: Around & { uid?: number }) {
    const command = [process.execPath, PROGRAM, 'serve'] as const;
    const [program, args] =
      around === undefined ? [command[0], command.slice(1)] : [around.command, [...around.args, ...command]];
    this.#child = spawn(program, args, {
      env: childEnvironment({ FIHRIST_PORT: '0', ...settings }),
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(around?.uid === undefined ? {} : { uid: around.uid, gid: around.uid }),
    });
    const ended = once(this.#child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    this.ended = ended.then(([code, signal]) => ({ code, signal }));
    this.ready = new Promise((resolve) => {
      createInterface({ input: this.#child.stderr! }).on('line', (line) => {
        this.#lines.push(line);
        if (!line.includes('"msg":"ready"')) return;
        resolve((JSON.parse(line) as { url: string }).url);
      });
      void this.ended.then(() => resolve(null));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** All that it has written to standard error. */
  get output(): string {
    return this.#lines.join('\n');
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.#child.kill(signal);
  }

  /** Asks it to stop, and waits for its end. */
  async stop(): Promise<EndedProcess> {
    this.kill('SIGTERM');
    return this.ended;
  }

  /** @throws Error with what it wrote, when it has ended before it was ready */
  async url(): Promise<string> {
    const url = await this.ready;
    if (url !== null) return url;
    const { code, signal } = await this.ended;
    throw new Error(`the service ended with ${signal ?? code} before it was ready:\n${this.output}`);
  }
}
