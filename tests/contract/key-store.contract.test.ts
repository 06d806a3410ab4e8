import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyStore, StoredKey } from '../../src/keys/key-store.js';
import { MemoryKeyStore } from '../../src/keys/memory-key-store.js';
import { openSqliteKeyStore } from '../../src/keys/sqlite-key-store.js';

const ADAPTERS: ReadonlyArray<{ name: string; open(folder: string): KeyStore }> = [
  { name: 'memory', open: () => new MemoryKeyStore() },
  { name: 'sqlite', open: (folder) => openSqliteKeyStore({ folder }) },
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fihrist-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sketchKey(id: string, fields: Partial<StoredKey> = {}): StoredKey {
  return {
    id,
    name: `مفتاح ${id}`,
    scopes: ['search'],
    filterJson: null,
    secretSha256: new Uint8Array(32).fill(7),
    createdAtMs: 1_000,
    expiresAtMs: null,
    revokedAtMs: null,
    lastUsedAtMs: null,
    ...fields,
  };
}

describe.each(ADAPTERS)('key store contract: $name', ({ open }) => {
  let store: KeyStore;
  beforeEach(() => {
    store = open(folder);
  });
  afterEach(() => store.close());

  it('is empty at first, and never again once a key was made', async () => {
    expect([await store.isEmpty(), await store.list(), await store.find('a')]).toEqual([true, [], null]);
    await store.add(sketchKey('a'));
    await store.revoke('a', 2_000);
    expect(await store.isEmpty()).toBe(false);
  });

  it('gives a key back as it was put', async () => {
    const key = sketchKey('a', {
      scopes: ['search', 'admin'],
      filterJson: '{"type":"eq","key":"tags","value":"نوم"}',
      expiresAtMs: 9_000_000_000_000,
      lastUsedAtMs: 3,
    });
    await store.add(key);
    expect(await store.find('a')).toEqual(key);
  });

  it('refuses an id that is taken', async () => {
    await store.add(sketchKey('a'));
    await expect(store.add(sketchKey('a', { name: 'other' }))).rejects.toThrow();
    expect(await store.list()).toEqual([sketchKey('a')]);
  });

  it('lists keys by age, those of one moment by id', async () => {
    for (const [id, createdAtMs] of [
      ['c', 1],
      ['b', 5],
      ['a', 5],
      ['d', 0],
    ] as const) {
      await store.add(sketchKey(id, { createdAtMs }));
    }
    expect((await store.list()).map(({ id }) => id)).toEqual(['d', 'c', 'a', 'b']);
  });

  it('revokes a key once and keeps that time', async () => {
    await store.add(sketchKey('a'));
    expect(await store.revoke('a', 2_000)).toEqual(sketchKey('a', { revokedAtMs: 2_000 }));
    expect(await store.revoke('a', 3_000)).toEqual(sketchKey('a', { revokedAtMs: 2_000 }));
    expect(await store.find('a')).toEqual(sketchKey('a', { revokedAtMs: 2_000 }));
    expect(await store.revoke('b', 2_000)).toBeNull();
  });

  it('moves last uses forward, never back, and passes over ids that are not there', async () => {
    await store.add(sketchKey('a'));
    await store.add(sketchKey('b', { lastUsedAtMs: 50 }));
    await store.recordUses(
      new Map([
        ['a', 10],
        ['b', 40],
        ['x', 10],
      ]),
    );
    expect((await store.list()).map(({ lastUsedAtMs }) => lastUsedAtMs)).toEqual([10, 50]);
  });

  it('does not read an id as anything but an id', async () => {
    await store.add(sketchKey('a'));
    for (const id of ["' OR 1=1 --", '%', '__proto__', 'constructor', '']) {
      expect(await store.find(id)).toBeNull();
    }
  });
});

describe('keys on disk', () => {
  it('made or revoked by one process are seen by another that has them open, at once', async () => {
    const service = openSqliteKeyStore({ folder });
    const command = openSqliteKeyStore({ folder });
    expect(await service.isEmpty()).toBe(true);
    await command.add(sketchKey('a'));
    expect(await service.isEmpty()).toBe(false);
    expect((await service.find('a'))?.revokedAtMs).toBeNull();
    await command.revoke('a', 5);
    expect((await service.find('a'))?.revokedAtMs).toBe(5);
    await service.recordUses(new Map([['a', 9]]));
    await command.close();
    expect((await service.find('a'))?.lastUsedAtMs).toBe(9);
    await service.close();
  });

  it('survive closing, in a file that its owner alone can read', async () => {
    const store = openSqliteKeyStore({ folder });
    await store.add(sketchKey('a'));
    await store.close();
    expect(statSync(join(folder, 'keys.db')).mode & 0o077).toBe(0);
    const again = openSqliteKeyStore({ folder });
    expect(await again.list()).toEqual([sketchKey('a')]);
    await again.close();
  });

  it.each([
    ['removed', () => rmSync(join(folder, 'keys.db'))],
    ['emptied', () => truncateSync(join(folder, 'keys.db'), 0)],
    ['replaced with one of another time', () => copyFileSync(join(folder, 'older'), join(folder, 'keys.db'))],
  ])('are not taken for none when the file was %s: that would let everyone in', async (_, lose) => {
    await openSqliteKeyStore({ folder }).close();
    copyFileSync(join(folder, 'keys.db'), join(folder, 'older'));
    const store = openSqliteKeyStore({ folder });
    await store.add(sketchKey('a'));
    await store.close();
    lose();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(() => openSqliteKeyStore({ folder })).toThrow(
        expect.objectContaining({
          code: 'STORE_UNUSABLE',
          message: expect.stringMatching(/keys\.db has no keys, though keys were made.*remove .*keys\.made/),
        }),
      );
    }
    rmSync(join(folder, 'keys.made'));
    const anew = openSqliteKeyStore({ folder });
    expect(await anew.isEmpty()).toBe(true);
    await anew.close();
  });

  it('of an earlier version are protected from their first opening on', async () => {
    const store = openSqliteKeyStore({ folder });
    await store.add(sketchKey('a'));
    await store.close();
    rmSync(join(folder, 'keys.made'));
    await openSqliteKeyStore({ folder }).close();
    rmSync(join(folder, 'keys.db'));
    expect(() => openSqliteKeyStore({ folder })).toThrow(/though keys were made/);
  });

  it('are made in a folder that is not there yet', async () => {
    const store = openSqliteKeyStore({ folder: join(folder, 'new', 'index') });
    expect(await store.isEmpty()).toBe(true);
    await store.close();
  });

  it.each([
    ['is no database', 'STORE_UNUSABLE', (file: string) => writeFileSync(file, 'x'.repeat(2_000))],
    [
      'is of another program',
      'STORE_UNUSABLE',
      (file: string) => new Database(file).exec('CREATE TABLE other (x)').close(),
    ],
    [
      'is of a newer version',
      'STORE_NEWER_SCHEMA',
      async (file: string) => {
        await openSqliteKeyStore({ folder }).close();
        new Database(file).exec('PRAGMA user_version = 99').close();
      },
    ],
  ])('are refused when the file %s, and it stays as it is', async (_, code, prepare) => {
    await prepare(join(folder, 'keys.db'));
    expect(() => openSqliteKeyStore({ folder })).toThrow(expect.objectContaining({ code }));
  });
});
