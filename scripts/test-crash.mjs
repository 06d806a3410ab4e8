// `npm run test:crash -- [--kills 1000] [--seed 7]`: the random kills of tests/crash, as many as wanted.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '1000' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } },
});
for (const [name, value] of Object.entries(values)) {
  if (/^[1-9]\d{0,8}$/.test(value)) continue;
  process.stderr.write(`--${name} is ${value}; it must be a whole number from 1 to 999999999.\n`);
  process.exit(2);
}
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'crash', 'tests/crash/random-kills.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CRASH_KILLS: values.kills, CRASH_SEED: values.seed },
});
process.exit(status ?? 1);
