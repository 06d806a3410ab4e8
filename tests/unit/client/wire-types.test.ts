import { describe, expect, test } from 'vitest';
import { toWireTypes } from './to-wire-types.js';

const FILE = new URL('../../../src/client/wire-types.ts', import.meta.url).pathname;

describe('the types of the client', () => {
  test('are those of the OpenAPI document: else, npm run client:types', async () => {
    await expect(await toWireTypes()).toMatchFileSnapshot(FILE);
  });
});
