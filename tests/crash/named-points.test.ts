import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrashArchive } from './crash-archive.js';
import { CRASH_POINTS, type CrashPoint } from './crash-points.js';
import type { ServedProcess } from './served-process.js';
import type { ServiceClient } from './service-client.js';

/** How long a service may take to come to its point: far more than it needs. */
const LONGEST_MS = 60_000;

describe('a service that is killed', () => {
  const archive = new CrashArchive(5);
  /** Started, ready, and found to have all that was acknowledged. */
  let running: { service: ServedProcess; client: ServiceClient };

  beforeAll(async () => {
    await start();
    for (const number of [1, 2, 3]) await archive.put(running.client, `point/${number}`);
    archive.keepSnapshots();
  });
  afterAll(async () => {
    await kill();
    archive.remove();
  });

  it.each(CRASH_POINTS)('$name', async (point) => {
    const { service } = point.during === undefined ? await dieAtStart(point) : await dieAtWork(point);
    const end = await Promise.race([service.ended, setTimeout(LONGEST_MS, 'it came to no end')]);
    service.kill();
    expect([end, archive.faults.struck]).toEqual([{ code: null, signal: 'SIGKILL' }, [point.name]]);

    archive.faults.arm([]);
    await start();
    await archive.tasksOver(running.client);
    await archive.check(running.client);
    expect(archive.findings.take()).toBe('');
  });

  async function start(): Promise<void> {
    const service = archive.spawn();
    running = { service, client: await archive.ready(service) };
  }

  async function kill(): Promise<void> {
    running.service.kill();
    await running.service.ended;
  }

  function arm({ name, fault }: CrashPoint): void {
    archive.faults.arm([{ ...fault, name, effect: 'kill' }]);
  }

  async function dieAtStart(point: CrashPoint): Promise<{ service: ServedProcess }> {
    await kill();
    await point.before?.(archive);
    arm(point);
    return { service: archive.spawn() };
  }

  async function dieAtWork(point: CrashPoint): Promise<{ service: ServedProcess }> {
    arm(point);
    await point.during?.(archive, running.client, running.service);
    return running;
  }
});
