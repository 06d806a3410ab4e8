import { describe, expect, it } from 'vitest';
import type { KeyRequest } from '../../../src/keys/create-key.js';
import { createKey } from '../../../src/keys/create-key.js';
import type { StoredKey } from '../../../src/keys/key-store.js';
import { MemoryKeyStore } from '../../../src/keys/memory-key-store.js';
import { revokeKey } from '../../../src/keys/revoke-key.js';
import { runCaptured } from './run-captured.js';

function keeping(store = new MemoryKeyStore()) {
  const requests: KeyRequest[] = [];
  return {
    store,
    requests,
    services: {
      createKey: (request: KeyRequest) => {
        requests.push(request);
        return createKey(store, request, Date.now());
      },
      listKeys: () => store.list(),
      revokeKey: (id: string) => revokeKey(store, id, Date.now()),
    },
  };
}

const KEPT: StoredKey = {
  id: '3f9c2a7be41d0856',
  name: 'موقع',
  scopes: ['search'],
  filterJson: '{"type":"eq","key":"tags","value":"public"}',
  secretSha256: new Uint8Array(32).fill(0xab),
  createdAtMs: Date.UTC(2026, 0, 1),
  expiresAtMs: Date.UTC(2026, 1, 1),
  revokedAtMs: null,
  lastUsedAtMs: null,
};

describe('fihrist keys create', () => {
  it('shows the key on a line of its own, what it may and how to send it', async () => {
    const { services, store } = keeping();
    const { exitCode, stdout } = await runCaptured(
      ['keys', 'create', '--name', 'web', '--scope', 'search', '--scope', 'articles:write'],
      services,
    );
    const [key] = await store.list();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^fhr_${key?.id}_[\\w-]{43}$`, 'm'));
    expect(stdout).toContain(`Key ${key?.id} (web) may search, articles:write; it does not expire.\n`);
    expect(stdout).toContain('This is the only time that it is shown');
    expect(stdout).toContain('Authorization: Bearer <key>');
  });

  it('prints it as one line of JSON, with all that is known of it', async () => {
    const { services, store } = keeping();
    const { stdout } = await runCaptured(
      [
        'keys',
        'create',
        '--json',
        '--name',
        'web',
        '--scope',
        'search',
        '--expires',
        '2100-01-01',
        '--filter',
        'tags=public',
      ],
      services,
    );
    const printed = JSON.parse(stdout);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(printed).toEqual({
      id: (await store.list())[0]?.id,
      name: 'web',
      scopes: ['search'],
      filter: { type: 'eq', key: 'tags', value: 'public' },
      created_at: expect.stringMatching(/^20\d\d-.*Z$/),
      expires_at: '2100-01-01T00:00:00.000Z',
      revoked_at: null,
      last_used_at: null,
      key: expect.stringMatching(/^fhr_[0-9a-f]{16}_[\w-]{43}$/),
    });
  });

  it('takes a filter as JSON, and a duration', async () => {
    const { services, requests } = keeping();
    const filter = '{"type": "in", "key": "tags", "value": ["a", "b"]}';
    const before = Date.now();
    await runCaptured(
      ['keys', 'create', '--name', 'x', '--scope', 'search', '--filter', filter, '--expires', '2h'],
      services,
    );
    expect(requests[0]?.filter).toEqual(JSON.parse(filter));
    expect(requests[0]?.expiresAtMs).toBeGreaterThanOrEqual(before + 7_200_000);
  });

  it.each([
    ['without a name', ['--scope', 'search'], 2, '--name'],
    ['without a scope', ['--name', 'x'], 2, '--scope'],
    ['with a scope that there is not', ['--name', 'x', '--scope', 'root'], 1, 'scope must be one of'],
    [
      'with an end that is none',
      ['--name', 'x', '--scope', 'search', '--expires', 'soon'],
      1,
      'expires must be',
    ],
    [
      'with a filter that is none',
      ['--name', 'x', '--scope', 'search', '--filter', '{'],
      1,
      'filter must be',
    ],
  ])('makes none %s', async (_, options, code, message) => {
    const { services, store } = keeping();
    const { exitCode, stderr, stdout } = await runCaptured(['keys', 'create', ...options], services);
    expect([exitCode, stdout]).toEqual([code, '']);
    expect(stderr).toContain(message);
    expect(await store.isEmpty()).toBe(true);
  });
});

describe('fihrist keys list', () => {
  it('says how to make one when there is none', async () => {
    const { stdout } = await runCaptured(['keys', 'list'], keeping().services);
    expect(stdout).toBe('There are no keys. Make one: fihrist keys create --name me --scope search\n');
  });

  it('shows what each may do, until when, and its last use, and never a secret or its hash', async () => {
    const store = new MemoryKeyStore();
    await store.add(KEPT);
    await store.add({
      ...KEPT,
      id: 'ffffffffffffffff',
      name: 'admin\u001b[31m',
      scopes: ['admin'],
      filterJson: null,
      createdAtMs: Date.UTC(2026, 5, 1),
      expiresAtMs: null,
      revokedAtMs: Date.UTC(2026, 6, 1),
      lastUsedAtMs: Date.UTC(2026, 5, 2),
    });
    const { stdout } = await runCaptured(['keys', 'list'], keeping(store).services);
    expect(stdout).toBe(
      [
        '3f9c2a7be41d0856  \u2068موقع\u2069',
        '  may        search',
        '  sees only  {"type":"eq","key":"tags","value":"public"}',
        '  created    2026-01-01T00:00:00.000Z',
        '  expired    2026-02-01T00:00:00.000Z',
        '  last used  never',
        '',
        'ffffffffffffffff  admin[31m',
        '  may        admin',
        '  created    2026-06-01T00:00:00.000Z',
        '  revoked    2026-07-01T00:00:00.000Z',
        '  last used  2026-06-02T00:00:00.000Z',
        '',
      ].join('\n'),
    );
    const { stdout: json } = await runCaptured(['keys', 'list', '--json'], keeping(store).services);
    expect(JSON.parse(json).keys).toHaveLength(2);
    expect(Object.keys(JSON.parse(json).keys[0])).toEqual([
      'id',
      'name',
      'scopes',
      'filter',
      'created_at',
      'expires_at',
      'revoked_at',
      'last_used_at',
    ]);
    expect(stdout + json).not.toMatch(/abab|171,171|q6ur/);
  });
});

describe('fihrist keys revoke', () => {
  it('says which key has ended', async () => {
    const store = new MemoryKeyStore();
    await store.add(KEPT);
    const { exitCode, stdout } = await runCaptured(['keys', 'revoke', KEPT.id], keeping(store).services);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Revoked: ${KEPT.id}`);
    expect((await store.find(KEPT.id))?.revokedAtMs).not.toBeNull();
    const again = await runCaptured(['keys', 'revoke', KEPT.id, '--json'], keeping(store).services);
    expect(JSON.parse(again.stdout)).toMatchObject({ id: KEPT.id, revoked_at: expect.any(String) });
  });

  it('says when there is no such key', async () => {
    const { exitCode, stderr } = await runCaptured(['keys', 'revoke', 'nothing'], keeping().services);
    expect(exitCode).toBe(1);
    expect(stderr).toBe('fihrist: No key has the id "nothing". (KEY_NOT_FOUND)\n');
  });
});
