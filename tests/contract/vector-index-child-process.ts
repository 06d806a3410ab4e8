import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface EndedChild {
  readonly output: string;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Address of a compiled file, for the scripts of child processes. */
export function builtFile(path: string): string {
  return new URL(`../../dist/${path}`, import.meta.url).href;
}

/**
 * Runs a script as a process of its own, from a file, because threads inherit the options of `node -e` and refuse them.
 * @param options.shellPrefix  Shell commands before it, such as a limit on file size.
 * @param options.killWhen  Asked at every output; SIGKILL follows so many milliseconds later, null goes on.
 */
export async function runChild(
  script: string,
  options: {
    shellPrefix?: string;
    killWhen?: (output: string) => number | null | Promise<number | null>;
  } = {},
): Promise<EndedChild> {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-child-'));
  const file = join(folder, 'child.mjs');
  writeFileSync(file, script);
  const command = `${options.shellPrefix ?? 'true'}; exec "$0" "$1"`;
  const child = spawn('sh', ['-c', command, process.execPath, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let isDoomed = false;
  child.stdout.on('data', async (chunk: Buffer) => {
    output += chunk.toString();
    const delayMs = isDoomed ? null : ((await options.killWhen?.(output)) ?? null);
    if (delayMs === null || isDoomed) return;
    isDoomed = true;
    setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  try {
    return await new Promise<EndedChild>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode, signal) => resolve({ output, exitCode, signal }));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
