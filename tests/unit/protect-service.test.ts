import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { KeyRing } from '../../src/keys/key-ring.js';
import { MemoryKeyStore } from '../../src/keys/memory-key-store.js';
import { gatesOf, knownNamesOf, refuseOpenDoor } from '../../src/protect-service.js';

const config = (settings: Readonly<Record<string, string>>) => readConfig(settings);
const noKeys = { isEmpty: async () => true };
const someKey = { isEmpty: async () => false };

describe('starting without a key', () => {
  test.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('is allowed on %s', async (host) => {
    await refuseOpenDoor(config({ FIHRIST_HOST: host }), noKeys);
  });

  test.each(['0.0.0.0', '::', '192.0.2.1', 'search.example.org', '128.0.0.1', '127.0.0.1.example.org'])(
    'is refused on %s, with what to do',
    async (host) => {
      await expect(refuseOpenDoor(config({ FIHRIST_HOST: host }), noKeys)).rejects.toMatchObject({
        code: 'KEYS_NEEDED',
        message: expect.stringMatching(
          new RegExp(
            `FIHRIST_HOST is ${host}.*fihrist keys create.*FIHRIST_KEYS=off-anyone-may-read-and-write`,
          ),
        ),
      });
      await refuseOpenDoor(config({ FIHRIST_HOST: host }), someKey);
    },
  );

  test('is refused behind a proxy, through which others come to this machine', async () => {
    const behind = config({ FIHRIST_TRUST_PROXY: 'loopback' });
    await expect(refuseOpenDoor(behind, noKeys)).rejects.toMatchObject({
      code: 'KEYS_NEEDED',
      message: expect.stringContaining('FIHRIST_TRUST_PROXY is loopback'),
      details: { setting: 'FIHRIST_TRUST_PROXY', value: 'loopback' },
    });
    await refuseOpenDoor(behind, someKey);
  });

  test.each(['on', 'off-anyone-may-read-and-write'])(
    'is allowed anywhere when FIHRIST_KEYS is %s',
    async (keys) => {
      await refuseOpenDoor(config({ FIHRIST_HOST: '0.0.0.0', FIHRIST_KEYS: keys }), noKeys);
    },
  );
});

describe('the rate limit', () => {
  const hasLimit = (settings: Readonly<Record<string, string>>) => {
    const read = config(settings);
    const keys = new KeyRing({ store: new MemoryKeyStore(), policy: 'auto' });
    const gates = gatesOf(read, { keys, names: knownNamesOf(read), sessions: null, memory: null });
    const route = { path: '/v1/search', scope: 'search', lane: 'search' } as const;
    return gates.some((gate) => gate.errorsOf(route as never).includes('RATE_LIMITED'));
  };

  test('is there by default where other machines can come, and not on this machine alone', () => {
    expect(hasLimit({})).toBe(false);
    expect(hasLimit({ FIHRIST_HOST: '0.0.0.0' })).toBe(true);
    expect(hasLimit({ FIHRIST_TRUST_PROXY: 'loopback' })).toBe(true);
  });

  test('is what was set, wherever', () => {
    expect(hasLimit({ FIHRIST_RATE_LIMIT: '5' })).toBe(true);
    expect(hasLimit({ FIHRIST_RATE_LIMIT: '0', FIHRIST_HOST: '0.0.0.0' })).toBe(false);
  });
});
