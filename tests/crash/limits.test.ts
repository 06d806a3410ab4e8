import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { CrashArchive } from './crash-archive.js';
import { ServedProcess } from './served-process.js';

const LONGEST_MS = 60_000;
/** Enough to load the program, which opens all its files at once. */
const LIMIT = 400;
const YEAR_MS = 365 * 86_400_000;

describe('a service that may not open enough files', () => {
  const archive = new CrashArchive(41);
  afterAll(() => archive.remove());

  /** A shell that lowers the limit. */
  const spawn = (files: number) =>
    new ServedProcess(
      { ...archive.settings, FIHRIST_MAX_CONNECTIONS: '100000' },
      {
        command: 'sh',
        args: ['-c', `ulimit -n ${files}; exec "$@"`, 'sh'],
      },
    );

  it.each([48, 150, 160])('starts, or ends with a sentence: %i', async (files) => {
    const service = spawn(files);
    const url = await Promise.race([service.ready, setTimeout(LONGEST_MS, 'it came to no end')]);
    service.kill('SIGTERM');
    const end = await service.ended;
    if (url !== null) {
      expect([url, end]).toEqual([expect.stringMatching(/^http/), { code: 0, signal: null }]);
      return;
    }
    expect(end, service.output).toEqual({ code: 3, signal: null });
    expect(service.output).toMatch(/^fihrist: .*ulimit -n/m);
  });

  it('goes on when connections have taken all, and answers when they are gone', async () => {
    const service = spawn(LIMIT);
    const client = await archive.ready(service);
    await archive.put(client, 'article/1');
    const { port } = new URL(client.url);
    const sockets: Socket[] = [];
    for (let i = 0; i < LIMIT + 100; i += 1) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
      sockets.push(socket);
      await Promise.race([once(socket, 'connect'), setTimeout(100)]);
    }
    // Whatever it answers now, it must be a refusal or the truth.
    const reply = await archive.put(client, 'article/2').catch(() => null);
    expect([201, 503, undefined]).toContain(reply?.status);
    for (const socket of sockets) socket.destroy();

    await expect
      .poll(
        () =>
          client.readiness().then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: LONGEST_MS },
      )
      .toBe(200);
    expect(await archive.put(client, 'article/3')).toMatchObject({ status: 201 });
    await archive.check(client);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    const next = archive.spawn();
    await archive.check(await archive.ready(next), archive.ledger.ids);
    expect(archive.findings.take()).toBe('');
    await next.stop();
  });
});

describe('a service whose clock is set back', () => {
  const archive = new CrashArchive(42);
  afterAll(() => archive.remove());

  it('loses nothing, keeps the order of its tasks, and goes on with them', async () => {
    archive.faults.arm([{ name: 'ahead', event: 'clock', offsetMs: 3 * YEAR_MS }]);
    const ahead = archive.spawn();
    const client = await archive.ready(ahead);
    await archive.put(client, 'article/1');
    await archive.addLater(client, 5);
    await archive.tasksOver(client);

    // While it runs.
    archive.faults.arm([]);
    await archive.put(client, 'article/2');
    await archive.put(client, 'article/1');
    await archive.addLater(client, 5);
    await archive.tasksOver(client);
    await archive.check(client);
    ahead.kill();
    await ahead.ended;

    const behind = archive.spawn();
    const later = await archive.ready(behind);
    await archive.delete(later, 'article/2');
    await archive.addLater(later, 5);
    await archive.tasksOver(later);
    await archive.check(later, archive.ledger.ids);
    const { body } = await later.send<{ tasks: Array<{ id: string; state: string }> }>('GET', '/v1/tasks');
    expect(body.tasks.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(await behind.stop()).toEqual({ code: 0, signal: null });

    const last = archive.spawn();
    await archive.check(await archive.ready(last), archive.ledger.ids);
    expect(archive.findings.take()).toBe('');
    await last.stop();
  });
});
