import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { FULL_SHARES } from '../../src/memory/share-memory.js';
import { planMemory } from '../../src/plan-memory.js';
import { openWritableConnection } from '../../src/storage/sqlite-connection.js';

const GB = 2 ** 30;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fihrist-plan-'));
});
afterEach(() => rm(folder, { recursive: true }));

const planned = (settings: Readonly<Record<string, string>>, constrained = 0) =>
  planMemory(readConfig(settings), folder, { constrained, total: 64 * GB });

/** A database with so many passages of one article, which nobody could read. */
function fillDatabase(passages: number): void {
  const connection = openWritableConnection(folder);
  connection.pragma('foreign_keys = OFF');
  const columns = connection.pragma('table_info(passages)') as Array<{
    name: string;
    type: string;
    notnull: number;
  }>;
  const values = columns.map(({ name, type }) =>
    name === 'id' ? "'p' || value" : type === 'TEXT' ? "'en'" : type === 'BLOB' ? "x'00'" : 'value',
  );
  connection.exec(
    `WITH RECURSIVE counted(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM counted WHERE value < ${passages})
     INSERT INTO passages (${columns.map(({ name }) => name).join(', ')}) SELECT ${values.join(', ')} FROM counted`,
  );
  connection.close();
}

describe('the plan of memory', () => {
  it('is everything as usual without a ceiling, and without looking at the archive', async () => {
    await writeFile(path.join(folder, 'fihrist.db'), 'not a database');
    for (const settings of [{}, { FIHRIST_MAX_MEMORY_MB: '0' }]) {
      expect(await planned(settings)).toMatchObject({ ...FULL_SHARES, queryEntries: 10_000, articles: null });
    }
  });

  it('gives less to what is kept the more passages there are', async () => {
    const settings = { FIHRIST_MAX_MEMORY_MB: '600' };
    const empty = await planned(settings);
    fillDatabase(20_000);
    const full = await planned(settings);
    expect(empty.candidateRows).toBeLessThan(FULL_SHARES.candidateRows);
    // 258 MB are left over beside an empty archive, 189 MB beside 20,000 passages of 3.6 KB.
    expect(full.candidateRows / empty.candidateRows).toBeCloseTo(189 / 258, 1);
  });

  it('goes by what the container allows when nothing is said', async () => {
    const shares = await planned({}, 0.5 * GB);
    expect(shares.candidateRows).toBeLessThan(FULL_SHARES.candidateRows);
    expect(await planned({ FIHRIST_MAX_MEMORY_MB: '0' }, 0.5 * GB)).toMatchObject(FULL_SHARES);
  });

  it('is refused when not even the model and the archive would fit, with what they need and what can be done', async () => {
    fillDatabase(50_000);
    await expect(planned({ FIHRIST_MAX_MEMORY_MB: '500' })).rejects.toMatchObject({
      code: 'SETTING_INVALID',
      message:
        'FIHRIST_MAX_MEMORY_MB is 500; the model and 50000 passages need at least 550. Raise it, use a smaller model (FIHRIST_MODEL), or divide the archive; 0 is no ceiling.',
      details: { setting: 'FIHRIST_MAX_MEMORY_MB', value: 500, needed: 550, passages: 50_000 },
    });
    await expect(planned({}, 0.5 * GB)).rejects.toThrow(
      /^FIHRIST_MAX_MEMORY_MB is "auto", which is 460 in a container of this size; .* Give the container more memory/,
    );
    await planned({ FIHRIST_MAX_MEMORY_MB: '600' });
  });

  it('counts a database that cannot be read as none: its opening says what is wrong', async () => {
    await writeFile(path.join(folder, 'fihrist.db'), 'not a database');
    expect((await planned({ FIHRIST_MAX_MEMORY_MB: '400' })).candidateRows).toBeGreaterThan(0);
  });
});
