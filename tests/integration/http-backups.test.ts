import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Backups } from '../../src/backup/backups.js';
import { createBackup } from '../../src/backup/create-backup.js';
import { FihristClient } from '../../src/client/fihrist-client.js';
import { FihristError } from '../../src/domain/errors.js';
import { errorOf } from '../unit/http/read-error.js';
import { bearer, type GuardedServer, startGuardedServer } from '../unit/http/start-guarded-server.js';
import { fillIndex, makePlace, VERSION } from './backup-fixtures.js';

let place: Awaited<ReturnType<typeof makePlace>>;
let backups: Backups;
let service: GuardedServer;
/** As long as it is set, backups wait for it. */
let held: Promise<void> | null;

beforeEach(async () => {
  held = null;
  place = await makePlace();
  await fillIndex(place.index);
  backups = await Backups.open({
    folder: place.at('backups'),
    kept: 7,
    make: async (file, options) => {
      const gone = new Promise<never>((_, reject) =>
        options.signal.addEventListener('abort', () => reject(options.signal.reason)),
      );
      await Promise.race([held, gone]);
      return createBackup({ ...options, file, indexFolder: place.index, programVersion: VERSION });
    },
    logger: pino({ level: 'silent' }),
  });
  service = await startGuardedServer({}, { backups: () => backups });
});
afterEach(async () => {
  await service.server.close(1_000);
  await backups.close();
  await place.remove();
});

const send = (method: string, target: string) => fetch(`${service.url}${target}`, { method });

describe('/v1/backups', () => {
  test('makes a backup while the caller does not wait, and tells of it', async () => {
    const begun = await send('POST', '/v1/backups');
    expect(begun.status).toBe(202);
    const { backup } = (await begun.json()) as { backup: { id: string; state: string } };
    expect(begun.headers.get('location')).toBe(`/v1/backups/${backup.id}`);
    expect(backup).toMatchObject({ state: 'running', size_bytes: null, content: null, error: null });

    const client = new FihristClient({ url: service.url });
    const done = await client.waitForBackup(backup.id);
    expect(done).toMatchObject({
      id: backup.id,
      state: 'done',
      name: `fihrist-${backup.id}.tar`,
      size_bytes: expect.any(Number),
      progress: null,
      content: { articles: 3, keys: 1, tasks: 1, program_version: VERSION, schema_version: 6 },
      checksums: { 'fihrist.db': expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const { checksums: _, ...summary } = done;
    expect(await client.listBackups()).toEqual([summary]);
    expect((await send('DELETE', `/v1/backups/${backup.id}`)).status).toBe(204);
    expect(await client.listBackups()).toEqual([]);
    await errorOf(await send('GET', `/v1/backups/${backup.id}`), 404, 'BACKUP_NOT_FOUND');
    await errorOf(await send('DELETE', `/v1/backups/${backup.id}`), 404, 'BACKUP_NOT_FOUND');
  });

  test('refuses a second one meanwhile, naming the first, which can be called off', async () => {
    held = new Promise(() => {});
    const client = new FihristClient({ url: service.url });
    const { id } = await client.createBackup();
    const { details } = await errorOf(await send('POST', '/v1/backups'), 409, 'BACKUP_RUNNING');
    expect(details).toEqual({ id });
    expect(await client.getBackup(id)).toMatchObject({ state: 'running', checksums: null });
    await client.deleteBackup(id);
    expect(await client.listBackups()).toEqual([]);
    held = null;
    expect((await client.waitForBackup((await client.createBackup()).id)).state).toBe('done');
  });

  test('tells why one has failed', async () => {
    await rm(path.join(place.index, 'fihrist.db'));
    const client = new FihristClient({ url: service.url });
    const failed = await client.waitForBackup((await client.createBackup()).id);
    expect(failed).toMatchObject({
      state: 'failed',
      error: { code: 'STORE_UNUSABLE', type: 'operator', link: '/docs/errors#store_unusable' },
      checksums: null,
    });
  });

  test('is for keys that may administer, and for no others', async () => {
    const writer = await service.makeKey({ scopes: ['search', 'articles:write'] });
    const admin = await service.makeKey({ scopes: ['admin'] });
    for (const [method, target] of [
      ['POST', '/v1/backups'],
      ['GET', '/v1/backups'],
      ['GET', '/v1/backups/20260131T080000000Z'],
      ['DELETE', '/v1/backups/20260131T080000000Z'],
    ] as const) {
      const asking = fetch(`${service.url}${target}`, { method, headers: bearer(writer.text) });
      await errorOf(await asking, 403, 'KEY_SCOPE_MISSING');
    }
    const asked = await fetch(`${service.url}/v1/backups`, { headers: bearer(admin.text) });
    expect(await asked.json()).toEqual({ backups: [] });
  });

  test('is not there before the archive is open', async () => {
    const starting = await startGuardedServer(
      {},
      {
        backups: () => {
          throw new FihristError('NOT_READY', 'The service is starting.');
        },
      },
    );
    for (const [method, target] of [
      ['POST', '/v1/backups'],
      ['GET', '/v1/backups'],
      ['GET', '/v1/backups/x'],
      ['DELETE', '/v1/backups/x'],
    ] as const) {
      await errorOf(await fetch(`${starting.url}${target}`, { method }), 503, 'NOT_READY');
    }
    await starting.server.close(0);
  });
});
