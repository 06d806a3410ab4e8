import { afterAll, describe, expect, it } from 'vitest';
import { CrashArchive } from './crash-archive.js';
import { KillRun } from './kill-run.js';

// `npm run test:crash -- --kills 1000 --seed 7` makes it long.
const KILLS = Number(process.env.CRASH_KILLS ?? 10);
const SEED = Number(process.env.CRASH_SEED ?? 1);

describe(`a service that is killed ${KILLS} times (seed ${SEED})`, () => {
  const archive = new CrashArchive(SEED);
  afterAll(() => archive.remove());

  it('has everything that it acknowledged, and nothing that it did not', { timeout: 0 }, async () => {
    const run = new KillRun(archive, {
      kills: KILLS,
      seed: SEED,
      report: (line) => process.stderr.write(line),
    });
    await run.run();
    expect(archive.findings.toString()).toBe('');
    expect(archive.ledger.acknowledgements).toBeGreaterThan(KILLS);
  });
});
