// Sends hostile requests to the built program: npm run fuzz -- [--count <n>] [--seed <n>] [--only <n>].
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (/^\d{1,9}$/.test(value)) continue;
  process.stderr.write(`--${name} must be a whole number of at most nine digits, not ${value}\n`);
  process.exit(2);
}
process.stdout.write(`seed ${values.seed}\n`);
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'fuzz'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    FUZZ_COUNT: values.count,
    FUZZ_SEED: values.seed,
    ...(values.only === undefined ? {} : { FUZZ_ONLY: values.only }),
  },
});
process.exit(status ?? 1);
