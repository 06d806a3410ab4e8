import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropEdition } from '../../src/editions/drop-edition.js';
import { listEditions, servedFingerprints } from '../../src/editions/list-editions.js';
import { verifyStore } from '../../src/storage/verify-store.js';
import { runProgram } from '../e2e/running-program.js';
import { CrashArchive } from './crash-archive.js';
import { type EditionPoint, MAKING_POINTS, SWITCHING_POINTS } from './edition-points.js';
import { FaultPlan } from './faults.js';
import type { ServedProcess } from './served-process.js';
import type { ServiceClient } from './service-client.js';
import { writeTinyModel } from './tiny-model.js';

const LONGEST_MS = 60_000;
/** So many that the task is under way when the service dies. */
const TASK_ARTICLES = 120;

// Every point takes its time: by default each third; `CRASH_ALL_EDITIONS=1` is for all of them.
const isAll = process.env.CRASH_ALL_EDITIONS === '1';
const chosen = (points: readonly EditionPoint[]) => points.filter((_, i) => isAll || i % 3 === 1);

describe('an archive that gets another model', () => {
  const archive = new CrashArchive(31);
  const faults = new FaultPlan(path.join(archive.folder, 'reembed-faults.json'));
  const models = [path.join(archive.folder, 'tiny'), path.join(archive.folder, 'other')] as const;
  /** Started, ready, and found to have all that was acknowledged. */
  let running: { service: ServedProcess; client: ServiceClient };
  let changes = 0;
  let served: (typeof models)[number] = models[0];

  beforeAll(async () => {
    writeTinyModel(models[1], 12);
    await start();
    for (const number of [1, 2, 3, 4]) await archive.put(running.client, `edition/${number}`);
    await archive.put(running.client, 'passing/0');
  });
  afterAll(async () => {
    await kill();
    archive.remove();
  });

  const reembed = () =>
    runProgram(['reembed', '--model', models[1]], { ...archive.settings, ...faults.environment });

  describe('beside the service, by a command that is killed', () => {
    it.each(chosen(MAKING_POINTS))('$name', async ({ name, fault }) => {
      await dropEdition(archive.indexFolder, 'next');
      faults.arm([{ ...fault, name, effect: 'kill' }]);
      const { code, stderr } = await reembed();
      expect([code, faults.struck, stderr]).toEqual([null, [name], expect.any(String)]);
      faults.arm([]);
      // The service has noticed nothing, and goes on.
      await change();
      await archive.check(running.client);
      expect(archive.findings.take()).toBe('');

      expect((await reembed()).code).toBe(0);
      const [edition] = listEditions(archive.indexFolder);
      const ids = await running.client.ids();
      expect(edition).toMatchObject({ place: 'next', articles: [...ids].length, passagesLeft: 0 });
      expect((await verifyStore(path.join(archive.indexFolder, 'next'))).problems).toEqual([]);
    });
  });

  describe('and back, by a start that is killed', () => {
    beforeAll(async () => {
      faults.arm([]);
      expect((await reembed()).code).toBe(0);
    });

    it.each(chosen(SWITCHING_POINTS))('$name', async ({ name, fault }) => {
      await change();
      await archive.addLater(running.client, TASK_ARTICLES);
      await archive.overtake(running.client);
      await kill();
      served = served === models[0] ? models[1] : models[0];
      const before = servedFingerprints(archive.indexFolder);
      archive.faults.arm([{ ...fault, name, effect: 'kill' }]);
      const service = archive.spawn({ FIHRIST_MODEL: served });
      const end = await Promise.race([service.ended, setTimeout(LONGEST_MS, 'it came to no end')]);
      service.kill();
      expect([end, archive.faults.struck]).toEqual([{ code: null, signal: 'SIGKILL' }, [name]]);
      archive.faults.arm([]);

      await start();
      await archive.tasksOver(running.client);
      await archive.check(running.client);
      expect(archive.findings.take()).toBe('');
      // Nothing was embedded in place: the former edition is whole, and stays.
      const editions = listEditions(archive.indexFolder);
      expect(editions).toMatchObject([{ place: 'previous', fingerprint: before[0], passagesLeft: 0 }]);
    });
  });

  async function start(): Promise<void> {
    const service = archive.spawn({ FIHRIST_MODEL: served });
    running = { service, client: await archive.ready(service) };
  }

  async function kill(): Promise<void> {
    running.service.kill();
    await running.service.ended;
  }

  /** One article is replaced, one is deleted that an edition may have, one is new. */
  async function change(): Promise<void> {
    await archive.put(running.client, 'edition/1');
    await archive.delete(running.client, `passing/${changes}`);
    changes += 1;
    await archive.put(running.client, `passing/${changes}`);
  }
});
