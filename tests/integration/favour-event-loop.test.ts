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
  // A process that goes behind others has them behind itself, as far as that goes.
  it.each([
    { ownNiceness: 0, helpers: 15 },
    { ownNiceness: 3, helpers: 18 },
    { ownNiceness: 9, helpers: 19 },
  ])(
    'lets the helpers of V8 go behind, and nothing else, at niceness $ownNiceness',
    ({ ownNiceness, helpers }) => {
      const own = getPriority() + ownNiceness;
      const command = ['-n', String(ownNiceness), process.execPath, '--input-type=module', '--eval', CHILD];
      const output = execFileSync('nice', command, { encoding: 'utf8' });
      const [eventLoop, ...others] = JSON.parse(output) as [number, ...number[]];
      expect(eventLoop).toBe(own);
      expect(others.slice(0, 5)).toEqual(
        Array.from({ length: 5 }, () => Math.min(19, getPriority() + helpers)),
      );
      expect(others.slice(5).every((niceness) => niceness === eventLoop)).toBe(true);
    },
  );
});
