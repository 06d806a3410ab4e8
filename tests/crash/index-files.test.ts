import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrashArchive } from './crash-archive.js';
import { DAMAGES, type Damage, flip } from './damages.js';
import type { ServedProcess } from './served-process.js';

const LONGEST_START_MS = 60_000;

/** How the service was ended before its files were damaged: after a kill, the write-ahead log is still there. */
const ENDS = ['stopped', 'killed'] as const;
type End = (typeof ENDS)[number];

/** Files of an index folder, by a name that is the same in every one. */
const FILES: Readonly<Record<string, RegExp>> = {
  'fihrist.db': /^fihrist\.db$/,
  'fihrist.db-wal': /^fihrist\.db-wal$/,
  'fihrist.db-shm': /^fihrist\.db-shm$/,
  'fihrist.mark': /^fihrist\.mark$/,
  'fihrist.words': /^fihrist\.words$/,
  'fihrist.lock': /^fihrist\.lock$/,
  'keys.db': /^keys\.db$/,
  'keys.db-wal': /^keys\.db-wal$/,
  'keys.made': /^keys\.made$/,
  'the graph of a snapshot': /^snapshots\/.*\.hnsw$/,
  'the manifest of a snapshot': /^snapshots\/.*\.json$/,
  'the record of a task': /^tasks\/.*\.json$/,
  'the articles of a task': /^tasks\/.*\.jsonl$/,
};

// Every start takes its time: by default each file gets two of the damages; `CRASH_ALL_DAMAGES=1` is for all of them.
const isAll = process.env.CRASH_ALL_DAMAGES === '1';
const CASES = Object.keys(FILES).flatMap((file, i) =>
  ENDS.flatMap((end, j) =>
    DAMAGES.filter((_, k) => isAll || (k + 2 * i + 5 * j) % DAMAGES.length < 1).map((damage) => ({
      file,
      end,
      damage,
    })),
  ),
);

// Most of the database is vectors and words: where a bit falls is what it does.
const FLIPS = Array.from({ length: isAll ? 100 : 3 }, (_, seed) => ({
  file: 'fihrist.db',
  end: ENDS[seed % ENDS.length] ?? 'stopped',
  damage: {
    name: `one bit flipped anywhere, seed ${seed}`,
    apply: (file) => flip(file, 0, 1, seed),
  } satisfies Damage,
}));

describe('an index folder of which a file was damaged while nobody ran', () => {
  const archive = new CrashArchive(21);
  const foreign = new CrashArchive(22);
  const kept = (name: string) => path.join(archive.folder, name);

  beforeAll(async () => {
    await build(foreign);
    await build(archive);
  });
  afterAll(() => {
    archive.remove();
    foreign.remove();
  });

  it.each([...CASES, ...FLIPS])(
    '$file of a service that was $end: $damage.name',
    async ({ file, end, damage }) => {
      const damaged = putDamaged(file, end, damage);
      if (damaged === null) return;
      const service = archive.spawn();
      const ready = await Promise.race([service.ready, setTimeout(LONGEST_START_MS, 'it came to no end')]);
      if (ready === null) {
        expect(await service.ended).toEqual({ code: 3, signal: null });
        // A sentence that names the file and tells what to do.
        expect(service.output).toMatch(/^fihrist: .* \(STORE_(UNUSABLE|BEHIND)\)$/m);
        expect(service.output).toContain(damaged.replace(/-(wal|shm)$/, ''));
        expect(service.output).toMatch(/[Rr]estore a backup|[Rr]emove it/);
        return;
      }
      expect(ready).toMatch(/^http/);
      try {
        const client = await archive.ready(service);
        await archive.tasksOver(client);
        await allLookedAt(service);
        const lost = explained(damaged, service.output);
        if (lost) return;
        await archive.check(client, archive.ledger.ids);
        expect(archive.findings.take()).toBe('');
      } finally {
        service.kill();
        await service.ended;
      }
    },
  );

  /** It is, beside everything else, as soon as the service is ready. */
  async function allLookedAt(service: ServedProcess): Promise<void> {
    while (!/all that is stored was looked at|what is stored could not be looked at/.test(service.output)) {
      await setTimeout(20);
    }
  }

  /** What only one file holds cannot be healed: then the log says which file it is, and what to do. */
  function explained(damaged: string, log: string): boolean {
    const told = log.split('\n').filter((line) => line.includes('"level":50') && line.includes(damaged));
    return told.some((line) => !line.includes('were made anew'));
  }

  /** @returns The damaged file; null when the damage cannot happen to it. */
  function putDamaged(file: string, end: End, damage: Damage): string | null {
    rmSync(archive.indexFolder, { recursive: true, force: true });
    cpSync(kept(end), archive.indexFolder, { recursive: true });
    const target = find(archive.indexFolder, file);
    const others = { foreign: find(path.join(foreign.folder, end), file), older: find(kept('older'), file) };
    return target !== null && damage.apply(target, others) ? target : null;
  }

  function find(folder: string, file: string): string | null {
    const names = readdirSync(folder, { recursive: true }).map(String).sort();
    const name = names.filter((one) => FILES[file]?.test(one)).at(-1);
    return name === undefined ? null : path.join(folder, name);
  }

  /** Keeps the folder thrice: as it was some time ago, after a kill in the middle of a task, and after a stop. */
  async function build(of: CrashArchive): Promise<void> {
    const keep = (name: string) => cpSync(of.indexFolder, path.join(of.folder, name), { recursive: true });
    const first = of.spawn();
    const client = await of.ready(first);
    for (const number of [1, 2, 3]) await of.put(client, `article/${number}`);
    await first.stop();
    keep('older');

    const second = of.spawn();
    const writing = await of.ready(second);
    await of.put(writing, 'article/1');
    await of.delete(writing, 'article/2');
    await of.put(writing, 'article/4');
    // Acknowledged, and not begun.
    of.faults.arm([{ name: 'kill', event: 'embed', when: 'before', effect: 'kill' }]);
    await of.addLater(writing, 10);
    await second.ended;
    of.faults.arm([]);
    keep('killed');

    const third = of.spawn();
    await of.tasksOver(await of.ready(third));
    await third.stop();
    keep('stopped');
  }
});
