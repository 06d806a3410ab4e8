import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMountVolumes, mountSmallVolume } from '../contract/vector-index-fixtures.js';
import { CrashArchive } from './crash-archive.js';
import { ServedProcess } from './served-process.js';
import type { ServiceClient } from './service-client.js';

const SMALL_KB = 3_000;
const NOBODY = 65_534;
const isRoot = process.geteuid?.() === 0;

let archive: CrashArchive;

beforeEach(() => {
  archive = new CrashArchive(31);
  mkdirSync(archive.indexFolder);
});
afterEach(() => archive.remove());

// Only the system's administrator may mount a volume, and not in every container.
describe.skipIf(!canMountVolumes())('a service whose disk is full', () => {
  let volume: ReturnType<typeof mountSmallVolume>;
  let services: ServedProcess[];

  beforeEach(() => {
    volume = mountSmallVolume(archive.indexFolder, SMALL_KB);
    services = [];
  });
  afterEach(async () => {
    for (const service of services) {
      service.kill();
      await service.ended;
    }
    volume.unmount();
  });

  const start = () => {
    const service = archive.spawn();
    services.push(service);
    return service;
  };

  /** Writes until the service refuses. */
  async function fill(client: ServiceClient): Promise<unknown> {
    for (let number = 1; number <= 2_000; number += 1) {
      const reply = await archive.put(client, `article/${number}`);
      if (reply === null || reply.status >= 300) return reply;
    }
    throw new Error('the disk did not become full');
  }

  it('says so, answers all that it has, writes again when there is room, and has lost nothing', async () => {
    const service = start();
    const client = await archive.ready(service);
    expect(await fill(client)).toMatchObject({
      status: 503,
      body: { error: { code: 'DISK_FULL', message: expect.stringContaining('fihrist.db') } },
    });
    expect(await client.readiness()).toMatchObject({
      status: 200,
      body: { warnings: [{ code: 'DISK_FULL' }] },
    });
    await archive.check(client);

    volume.grow(10 * SMALL_KB);
    expect(await archive.put(client, 'article/more')).toMatchObject({ status: 201 });
    expect((await client.readiness()).body.warnings).toEqual([]);
    service.kill();
    await service.ended;
    const next = await archive.ready(start());
    await archive.check(next, archive.ledger.ids);
    expect(archive.findings.take()).toBe('');
  });

  it('starts and answers when it is full from the begin, or says why not', async () => {
    const first = start();
    await fill(await archive.ready(first));
    first.kill();
    await first.ended;
    fillUp(archive.indexFolder);

    const full = start();
    const url = await full.ready;
    if (url === null) {
      expect(await full.ended).toEqual({ code: 3, signal: null });
      expect(full.output).toMatch(/^fihrist: There is no space left to write .*\(DISK_FULL\)$/m);
    } else {
      const client = await archive.ready(full);
      await archive.check(client);
      full.kill();
      await full.ended;
    }
    rmSync(path.join(archive.indexFolder, 'filler'));
    volume.grow(10 * SMALL_KB);
    await archive.check(await archive.ready(start()), archive.ledger.ids);
    expect(archive.findings.take()).toBe('');
  });

  it('refuses to begin an archive on it, with a sentence', async () => {
    fillUp(archive.indexFolder);
    const service = start();
    expect(await service.ended).toEqual({ code: 3, signal: null });
    expect(service.output).toMatch(/^fihrist: There is no space left to write .*index.*\(DISK_FULL\)$/m);
  });

  it('refuses a batch that it cannot keep, or ends its task with the reason', async () => {
    const client = await archive.ready(start());
    const { status, body } = await client.addLater(archive.articles('batch', 3_000));
    if (status !== 202) {
      expect({ status, body }).toMatchObject({ status: 503, body: { error: { code: 'DISK_FULL' } } });
      return;
    }
    await archive.tasksOver(client);
    expect(await client.task(body.task?.id ?? '')).toMatchObject({
      body: { state: 'failed', error: { code: 'DISK_FULL' } },
    });
  });

  /** Leaves not a byte. */
  function fillUp(folder: string): void {
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(path.join(folder, 'filler'), Buffer.alloc(bavail * bsize, 1));
  }
});

describe('a service whose index folder cannot be written to', () => {
  /** As an ordinary user: the administrator may write everywhere. */
  const spawn = () =>
    new ServedProcess(archive.settings, { command: 'env', args: [], ...(isRoot ? { uid: NOBODY } : {}) });

  /** Makes the folder the service's own, and lets it write to it or not. */
  function allow(isAllowed: boolean): void {
    chmodSync(archive.folder, 0o777);
    const names = readdirSync(archive.folder, { recursive: true }).map(String);
    for (const name of ['.', ...names]) {
      const file = path.join(archive.folder, name);
      if (isRoot) chownSync(file, NOBODY, NOBODY);
      if (path.relative(archive.indexFolder, file).startsWith('..')) continue;
      const isFolder = file === archive.indexFolder || !path.basename(file).includes('.');
      chmodSync(file, (isAllowed ? 0o600 : 0o400) + (isFolder ? 0o100 : 0));
    }
  }

  it('does not start, and says which one and what to look at; later it has everything', async () => {
    allow(true);
    const first = spawn();
    await archive.put(await archive.ready(first), 'article/1');
    expect(await first.stop()).toEqual({ code: 0, signal: null });

    allow(false);
    const refused = spawn();
    expect(await refused.ended).toEqual({ code: 3, signal: null });
    expect(refused.output).toMatch(
      /^fihrist: .*index.* cannot be written to .*owner and permissions.*\(STORE_READ_ONLY\)$/m,
    );

    allow(true);
    const next = spawn();
    await archive.check(await archive.ready(next), archive.ledger.ids);
    expect(archive.findings.take()).toBe('');
    await next.stop();
  });

  it('answers and writes on when that happens while it runs, and says that it keeps no snapshot', async () => {
    allow(true);
    const service = spawn();
    const client = await archive.ready(service);
    allow(false);
    // The database is open already.
    expect(await archive.put(client, 'article/1')).toMatchObject({ status: 201 });
    await archive.check(client);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(service.output).toContain('no snapshot');

    allow(true);
    const next = spawn();
    await archive.check(await archive.ready(next), archive.ledger.ids);
    expect(archive.findings.take()).toBe('');
    await next.stop();
  });
});
