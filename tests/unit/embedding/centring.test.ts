import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { centre, NO_CENTRING, readCentring } from '../../../src/embedding/centring.js';

const roles = (value: number) => ({ query: [value, 0], passage: [0, value], sentence: [value, value] });

describe('centring', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-centres-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('subtracts the mean and gives a vector of unit length', () => {
    const centred = centre(Float32Array.of(0.6, 0.8), Float32Array.of(0.6, 0));
    expect([...centred]).toEqual([0, 1]);
  });

  it('leaves an embedding alone when there is nothing to subtract', () => {
    const embedding = Float32Array.of(0.6, 0.8);
    expect(centre(embedding, NO_CENTRING.mean('ar', 'query'))).toBe(embedding);
    expect(centre(embedding, embedding)).toBe(embedding);
  });

  it('reads one mean for each language and role, and names the set by its content', async () => {
    const file = path.join(folder, 'centres.json');
    await writeFile(file, JSON.stringify({ dimensions: 2, centres: { ar: roles(0.5), en: roles(0.25) } }));
    const centring = await readCentring(file, 2);
    expect([...(centring.mean('ar', 'sentence') ?? [])]).toEqual([0.5, 0.5]);
    expect([...(centring.mean('en', 'passage') ?? [])]).toEqual([0, 0.25]);
    const same = await readCentring(file, 2);
    expect(same.id).toBe(centring.id);
    await writeFile(file, JSON.stringify({ dimensions: 2, centres: { ar: roles(0.5), en: roles(0.5) } }));
    expect((await readCentring(file, 2)).id).not.toBe(centring.id);
  });

  it('says what is wrong with a file that holds no centres', async () => {
    const file = path.join(folder, 'centres.json');
    await expect(readCentring(file, 2)).rejects.toMatchObject({ code: 'MODEL_CARD_INVALID' });
    await writeFile(file, '{"centres": ');
    await expect(readCentring(file, 2)).rejects.toMatchObject({
      code: 'MODEL_CARD_INVALID',
      details: { file },
    });
  });

  it('refuses centres of another number of dimensions, with both numbers', async () => {
    const file = path.join(folder, 'centres.json');
    await writeFile(file, JSON.stringify({ dimensions: 2, centres: { ar: roles(1), en: roles(1) } }));
    await expect(readCentring(file, 384)).rejects.toMatchObject({
      code: 'MODEL_CARD_INVALID',
      details: { expected: 384, actual: 2 },
    });
  });
});
