import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { CrashArchive } from './crash-archive.js';
import type { Fault } from './faults.js';
import type { ServedProcess } from './served-process.js';
import type { ServiceClient } from './service-client.js';

const TIMEOUT_S = 5;
const LONGEST_MS = 60_000;

type ThreadFault = Required<Pick<Fault, 'thread' | 'event'>> & Pick<Fault, 'match'>;

/** A call of each thread that the writing of an article comes to. */
const CALLS: ReadonlyArray<ThreadFault & { readonly thread: string }> = [
  { thread: 'embedding', event: 'embed' },
  { thread: 'vector-index', event: 'addPoint' },
  { thread: 'storage', event: 'sql', match: 'INSERT INTO articles' },
];

const DEATHS = [
  { effect: 'end thread', says: 'ended with code 1' },
  { effect: 'throw in thread', says: 'failed: a fault of this thread' },
] as const;

describe('a service of which a thread', () => {
  const archive = new CrashArchive(9);
  afterAll(() => archive.remove());

  it.each(CALLS.flatMap((call) => DEATHS.map((death) => ({ ...call, ...death }))))(
    'dies ($effect: $thread) ends with a message that names it, and has lost nothing',
    async ({ effect, says, ...call }) => {
      const { service, client } = await start();
      archive.faults.arm([{ ...call, effect, name: 'death' }]);
      const reply = await archive.put(client, `thread/${call.thread}`);
      // The thread may die when it has done its work already.
      if (reply !== null && reply.status >= 300) {
        expect(reply).toMatchObject({ status: 503, body: { error: { code: 'WORKER_STOPPED' } } });
      }
      expect(await ended(service)).toEqual({ code: 3, signal: null });
      expect(service.output).toContain(`The ${call.thread} thread ${says}. (WORKER_STOPPED)`);
      await findsAll();
    },
  );

  it.each(CALLS)(
    'hangs ($thread) tells so in /readyz, answers what it can, and ends with a message that names it',
    async (call) => {
      const { service, client } = await start();
      await archive.put(client, 'thread/known');
      const known = archive.ledger.acknowledged('thread/known');
      archive.faults.arm([{ ...call, effect: 'hang', name: 'hang' }]);
      const write = archive.put(client, `thread/${call.thread}`);

      const notice = {
        code: 'WORKER_SILENT',
        message: expect.stringContaining(`The ${call.thread} thread has not answered for`),
      };
      const isWriting = call.thread === 'storage';
      const expected = isWriting ? { warnings: [notice] } : { reasons: [notice] };
      await expect
        .poll(() => client.readiness(), { timeout: LONGEST_MS, interval: 100 })
        .toMatchObject({
          status: isWriting ? 200 : 503,
          body: expected,
        });
      if (call.thread !== 'vector-index') {
        const { status, body } = await client.search(known?.tag ?? '', 'keyword');
        expect([status, body.hits[0]?.article_id]).toEqual([200, 'thread/known']);
      }

      const end = await ended(service);
      // Node cannot leave such a thread behind in any other way.
      expect(end).toEqual({ code: null, signal: 'SIGKILL' });
      expect(service.output).toMatch(
        new RegExp(
          `fihrist: The ${call.thread} thread has not answered for ${TIMEOUT_S} s, asked for .*given up`,
        ),
      );
      expect((await write)?.status ?? 503).toBe(503);
      await findsAll();
    },
  );

  async function start(): Promise<{ service: ServedProcess; client: ServiceClient }> {
    archive.faults.arm([]);
    const service = archive.spawn({ FIHRIST_THREAD_TIMEOUT_S: String(TIMEOUT_S) });
    return { service, client: await archive.ready(service) };
  }

  async function ended(service: ServedProcess) {
    const end = await Promise.race([service.ended, setTimeout(LONGEST_MS, 'it came to no end')]);
    service.kill();
    return end;
  }

  async function findsAll(): Promise<void> {
    const { service, client } = await start();
    await archive.check(client);
    service.kill();
    await service.ended;
    expect(archive.findings.take()).toBe('');
  }
});
