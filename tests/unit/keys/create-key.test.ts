import { describe, expect, test } from 'vitest';
import { createKey, type KeyRequest } from '../../../src/keys/create-key.js';
import { hashSecret, readKeyText } from '../../../src/keys/key-text.js';
import { MemoryKeyStore } from '../../../src/keys/memory-key-store.js';
import { revokeKey } from '../../../src/keys/revoke-key.js';

const NOW = Date.UTC(2026, 10, 25);
const TAGGED = { type: 'eq', key: 'tags', value: 'public' };

async function create(request: Partial<KeyRequest> = {}) {
  const store = new MemoryKeyStore();
  return { store, ...(await createKey(store, { name: 'web', scopes: ['search'], ...request }, NOW)) };
}

describe('a new key', () => {
  test('is kept without its secret, which only its text has', async () => {
    const { store, key, text } = await create();
    const parts = readKeyText(text)!;
    expect(parts.id).toBe(key.id);
    expect(Buffer.from(parts.secret, 'base64url')).toHaveLength(32);
    const kept = await store.find(key.id);
    expect(kept).toEqual(key);
    expect(kept?.secretSha256).toEqual(hashSecret(parts.secret));
    expect(JSON.stringify(kept)).not.toContain(parts.secret);
  });

  test('is like no other', async () => {
    const texts = await Promise.all(Array.from({ length: 100 }, async () => (await create()).text));
    expect(new Set(texts).size).toBe(100);
  });

  test('has its scopes once each, whatever their order', async () => {
    const { key } = await create({ scopes: ['admin', 'search', 'admin'] });
    expect(key.scopes).toEqual(['search', 'admin']);
  });

  test('keeps its filter as it was given', async () => {
    expect((await create({ filter: TAGGED })).key.filterJson).toBe(JSON.stringify(TAGGED));
  });

  test.each<[string, Partial<KeyRequest>, string, RegExp]>([
    ['no name', { name: '  ' }, 'INVALID_REQUEST', /name must be 1 to 100 characters/],
    ['a name that steers terminals', { name: 'a\u001b[2J' }, 'INVALID_REQUEST', /name must be/],
    ['a name that is too long', { name: 'n'.repeat(101) }, 'INVALID_REQUEST', /name must be/],
    ['no scope', { scopes: [] }, 'INVALID_REQUEST', /scope must be at least one of "search"/],
    ['a scope that there is not', { scopes: ['root'] }, 'INVALID_REQUEST', /not "root"/],
    ['a prototype for a scope', { scopes: ['__proto__'] }, 'INVALID_REQUEST', /not "__proto__"/],
    ['an end that is over', { expiresAtMs: NOW }, 'INVALID_REQUEST', /expires must be a time to come/],
    [
      'a filter that is none',
      { filter: { type: 'eq', key: 'colour', value: 'x' } },
      'INVALID_REQUEST',
      /filter.key/,
    ],
    ['a filter with more in it', { filter: { ...TAGGED, or: 1 } }, 'UNKNOWN_FIELD', /"or" in filter/],
    [
      'a filter and the right to write',
      { filter: TAGGED, scopes: ['search', 'articles:write'] },
      'INVALID_REQUEST',
      /"search" alone/,
    ],
    [
      'a filter and the right to administer',
      { filter: TAGGED, scopes: ['admin'] },
      'INVALID_REQUEST',
      /not "admin"/,
    ],
  ])('is not made with %s', async (_, request, code, message) => {
    const store = new MemoryKeyStore();
    const error = await createKey(store, { name: 'web', scopes: ['search'], ...request }, NOW).catch(
      (e) => e,
    );
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await store.isEmpty()).toBe(true);
  });
});

describe('revoking', () => {
  test('takes the id or the whole key', async () => {
    const one = await create();
    expect(await revokeKey(one.store, one.key.id, NOW)).toMatchObject({ id: one.key.id, revokedAtMs: NOW });
    const other = await create();
    expect(await revokeKey(other.store, other.text, NOW)).toMatchObject({
      id: other.key.id,
      revokedAtMs: NOW,
    });
  });

  test('says which key there is not, without repeating a secret', async () => {
    const { text } = await create();
    const error = await revokeKey(new MemoryKeyStore(), text, NOW).catch((e) => e);
    expect(error).toMatchObject({ code: 'KEY_NOT_FOUND' });
    expect(JSON.stringify([error.message, error.details])).not.toContain(readKeyText(text)!.secret);
    await expect(revokeKey(new MemoryKeyStore(), 'abc', NOW)).rejects.toThrow('No key has the id "abc".');
  });
});
