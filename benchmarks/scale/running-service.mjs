import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** For when it ends before it is ready. */
const LINES_KEPT = 20;
/** Of a processor; what is less is nothing to do. */
const QUIET_SHARE = 0.05;
const LOOK_EVERY_MS = 1_000;
const LONGEST_WAIT_MS = 120_000;
const TICKS_PER_SECOND = 100;

/**
 * Starts the built service on a free port and waits until it is ready; `startMs` from before its process is there.
 * @param {Record<string, string>} settings  FIHRIST_*
 * @param {{ onLine?: (line: object) => void }} options  `onLine`: told of each line of its log.
 * @returns {Promise<{ url: string, startMs: number, residentMb: () => number, quiet: () => Promise<void>, stop: () => Promise<void> }>}
 *   `quiet` waits until it has nothing to do: the check of all that is stored, which follows every start, is over.
 */
export async function startService(settings, { onLine = () => {} } = {}) {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FIHRIST_')));
  const spawnedAt = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    env: { ...own, FIHRIST_PORT: '0', FIHRIST_RATE_LIMIT: '0', NO_COLOR: '1', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.once('exit', () => child.kill('SIGKILL'));
  const ready = new Promise((resolve, reject) => {
    const lines = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > LINES_KEPT) lines.shift();
      if (!line.startsWith('{')) return;
      const entry = JSON.parse(line);
      const { url, startMs } = entry;
      if (url !== undefined && startMs !== undefined) resolve({ url, startMs: performance.now() - spawnedAt });
      onLine(entry);
    });
    ended.then((code) => reject(new Error(`the service ended with ${code}:\n${lines.join('\n')}`)));
  });
  const { url, startMs } = await ready;
  return {
    url,
    startMs,
    residentMb: () =>
      Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024),
    quiet: () => quiet(child.pid),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function quiet(pid) {
  const endMs = performance.now() + LONGEST_WAIT_MS;
  for (let before = processorSeconds(pid); performance.now() < endMs; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const now = processorSeconds(pid);
    if (1_000 * (now - before) < QUIET_SHARE * LOOK_EVERY_MS) return;
    before = now;
  }
  throw new Error(`the service is still at work ${LONGEST_WAIT_MS / 1_000} s after its start`);
}

/** Of all threads of a process, so far. */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
