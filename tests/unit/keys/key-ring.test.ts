import { afterEach, describe, expect, test, vi } from 'vitest';
import { ANYONE, isAllowed } from '../../../src/keys/caller.js';
import { createKey, type KeyRequest } from '../../../src/keys/create-key.js';
import { type KeyPolicy, KeyRing } from '../../../src/keys/key-ring.js';
import { makeKeyParts, writeKeyText } from '../../../src/keys/key-text.js';
import { MemoryKeyStore } from '../../../src/keys/memory-key-store.js';

const START = Date.UTC(2026, 10, 25);

function ringOf(policy: KeyPolicy = 'auto', store = new MemoryKeyStore()) {
  const clock = { nowMs: START };
  const unsaved: unknown[] = [];
  const ring = new KeyRing({
    store,
    policy,
    now: () => clock.nowMs,
    onUnsaved: (error) => unsaved.push(error),
  });
  const make = (request: Partial<KeyRequest> = {}) =>
    createKey(store, { name: 'web', scopes: ['search'], ...request }, clock.nowMs);
  return { ring, store, clock, make, unsaved };
}

afterEach(() => void vi.useRealTimers());

describe('whether keys are asked for', () => {
  test('by default depends on whether one was ever made, revoked or not', async () => {
    const { ring, store, make } = ringOf();
    expect(await ring.identify(null)).toBe(ANYONE);
    expect(await ring.identify('sk-of-some-other-service')).toBe(ANYONE);
    const { key } = await make();
    await expect(ring.identify(null)).rejects.toMatchObject({ code: 'KEY_MISSING' });
    await store.revoke(key.id, START);
    await expect(ring.identify(null)).rejects.toMatchObject({ code: 'KEY_MISSING' });
  });

  test('can be settled: always, or never', async () => {
    await expect(ringOf('on').ring.identify(null)).rejects.toMatchObject({ code: 'KEY_MISSING' });
    const open = ringOf('off');
    await open.make();
    expect(await open.ring.identify(null)).toBe(ANYONE);
  });
});

describe('a key', () => {
  test('tells who asks, what that allows and what it may see', async () => {
    const { ring, make } = ringOf();
    const { key, text } = await make({ filter: { type: 'eq', key: 'tags', value: 'public' } });
    const caller = await ring.identify(text);
    expect(caller).toEqual({
      keyId: key.id,
      scopes: ['search'],
      filter: { type: 'in', key: 'tags', values: ['public'] },
    });
    expect((await ring.identify(text)).filter).toBe(caller.filter);
    expect([
      isAllowed(caller, 'search'),
      isAllowed(caller, 'articles:write'),
      isAllowed(caller, 'admin'),
    ]).toEqual([true, false, false]);
  });

  test('with the scope admin may do everything', async () => {
    const { ring, make } = ringOf();
    const caller = await ring.identify((await make({ scopes: ['admin'] })).text);
    expect([isAllowed(caller, 'search'), isAllowed(caller, 'articles:write')]).toEqual([true, true]);
  });

  test('counts from the moment that it is made until the moment that it is revoked', async () => {
    const { ring, store, make } = ringOf('on');
    const { key, text } = await make();
    expect((await ring.identify(text)).keyId).toBe(key.id);
    await store.revoke(key.id, START + 1);
    await expect(ring.identify(text)).rejects.toMatchObject({
      code: 'KEY_REVOKED',
      message: `The key ${key.id} was revoked on 2026-11-25T00:00:00.001Z.`,
    });
  });

  test('ends at the very moment that was said', async () => {
    const { ring, clock, make } = ringOf();
    const { text } = await make({ expiresAtMs: START + 1_000 });
    clock.nowMs = START + 999;
    await ring.identify(text);
    clock.nowMs = START + 1_000;
    await expect(ring.identify(text)).rejects.toMatchObject({ code: 'KEY_EXPIRED' });
  });

  test.each<[string, (text: string, other: string) => string]>([
    ['of nobody', () => writeKeyText(makeKeyParts())],
    ['with the secret of another', (text, other) => text.slice(0, 21) + other.slice(21)],
    ['with one letter changed', (text) => text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A')],
    ['cut short', (text) => text.slice(0, -1)],
    ['that is empty', () => ''],
  ])('%s is refused, and the message does not repeat it', async (_, change) => {
    const { ring, make } = ringOf();
    const [one, other] = [await make(), await make()];
    const wrong = change(one.text, other.text);
    const error = await ring.identify(wrong).catch((e) => e);
    expect(error).toMatchObject({ code: 'KEY_INVALID', details: {} });
    if (wrong !== '') expect(error.message).not.toContain(wrong.slice(21));
  });

  test('that is wrong does not learn that the right one has ended', async () => {
    const { ring, store, make } = ringOf();
    const { key, text } = await make();
    await store.revoke(key.id, START);
    await expect(ring.identify(`${text.slice(0, -4)}AAAA`)).rejects.toMatchObject({ code: 'KEY_INVALID' });
  });

  test('whose filter cannot be read any more sees nothing', async () => {
    const { ring, store, make } = ringOf();
    const { key, text } = await make();
    const broken = new MemoryKeyStore();
    await broken.add({ ...key, filterJson: '{"type":"eq","key":"colour","value":"x"}' });
    expect(await store.isEmpty()).toBe(false);
    await expect(ringOf('auto', broken).ring.identify(text)).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
    });
    expect((await ring.identify(text)).filter).toBeNull();
  });
});

describe('the last use', () => {
  test('is kept within a minute, and at the end', async () => {
    vi.useFakeTimers();
    const { ring, store, clock, make } = ringOf();
    const { key, text } = await make();
    await ring.identify(text);
    expect((await store.find(key.id))?.lastUsedAtMs).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await store.find(key.id))?.lastUsedAtMs).toBe(START);
    clock.nowMs = START + 90_000;
    await ring.identify(text);
    await ring.close();
    expect((await store.find(key.id))?.lastUsedAtMs).toBe(START + 90_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('of a refused key is not one', async () => {
    const { ring, store, make } = ringOf();
    const { key, text } = await make();
    await store.revoke(key.id, START);
    await ring.identify(text).catch(() => {});
    await ring.close();
    expect((await store.find(key.id))?.lastUsedAtMs).toBeNull();
  });

  test('that cannot be written is reported, harms no request and is written with the next', async () => {
    const store = new MemoryKeyStore();
    const { ring, make, unsaved } = ringOf('auto', store);
    const { key, text } = await make();
    const recordUses = store.recordUses.bind(store);
    store.recordUses = async () => {
      throw new Error('disk full');
    };
    await ring.identify(text);
    await ring.close();
    expect(unsaved).toEqual([new Error('disk full')]);
    store.recordUses = recordUses;
    await ring.close();
    expect((await store.find(key.id))?.lastUsedAtMs).toBe(START);
  });
});

describe('the holder of a key who showed it before', () => {
  test('is known as long as the key counts', async () => {
    const { ring, store, clock, make } = ringOf();
    const { key, text } = await make({ expiresAtMs: START + 1_000 });
    const { key: other } = await make();
    expect(await ring.identifyHolder(key.id)).toEqual(await ring.identify(text));
    await expect(ring.identifyHolder('0123456789abcdef')).rejects.toMatchObject({ code: 'KEY_INVALID' });
    clock.nowMs += 1_000;
    await expect(ring.identifyHolder(key.id)).rejects.toMatchObject({ code: 'KEY_EXPIRED' });
    await store.revoke(other.id, clock.nowMs);
    await expect(ring.identifyHolder(other.id)).rejects.toMatchObject({
      code: 'KEY_REVOKED',
      details: { key_id: other.id },
    });
  });

  test('is anyone where no key is asked for', async () => {
    const { ring, make } = ringOf('off');
    const { key } = await make();
    expect(await ring.identifyHolder(key.id)).toBe(ANYONE);
  });
});
