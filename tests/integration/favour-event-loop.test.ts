import { execFileSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { describe, expect, it } from 'vitest';

const MODULE = new URL('../../dist/threads/favour-event-loop.js', import.meta.url);

/** Nicenesses of a process that has done it, by thread: the first is the event loop's. */
const CHILD = `
  import { favourEventLoop } from ${JSON.stringify(MODULE.href)};
  import { readdirSync } from 'node:fs';
  import os from 'node:os';
  favourEventLoop();
  const threads = readdirSync('/proc/self/task').map(Number).sort((a, b) => a - b);
  console.log(JSON.stringify(threads.map((thread) => os.getPriority(thread))));
`;

describe.skipIf(process.platform !== 'linux')('favourEventLoop', () => {
  it('lets the helpers of V8 go behind, and nothing else', () => {
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', CHILD], {
      encoding: 'utf8',
    });
    const [eventLoop, ...others] = JSON.parse(output) as [number, ...number[]];
    expect(eventLoop).toBe(getPriority());
    expect(others.slice(0, 5)).toEqual([10, 10, 10, 10, 10]);
    expect(others.slice(5).every((niceness) => niceness === eventLoop)).toBe(true);
  });
});
