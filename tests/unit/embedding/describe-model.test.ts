import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeModel } from '../../../src/embedding/describe-model.js';

const content = 'not really a model';
const card = {
  name: 'tiny',
  revision: '1',
  licence: 'MIT',
  dimensions: 4,
  prefixes: { query: 'query: ', passage: 'passage: ' },
  pooling: 'in-graph',
  maximumTokens: 512,
  dtype: 'int8',
  centring: null,
  files: [
    {
      path: 'weights.bin',
      sizeBytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    },
  ],
};

describe('describeModel', () => {
  let folder: string;
  const writeCard = (changes: object = {}) =>
    writeFile(path.join(folder, 'model-card.json'), JSON.stringify({ ...card, ...changes }));
  const writeWeights = (text: string) => writeFile(path.join(folder, 'weights.bin'), text);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-model-'));
    await writeCard();
    await writeWeights(content);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads a folder by its card and names it by name and content', async () => {
    const description = await describeModel(folder);
    expect(description).toMatchObject({
      name: 'tiny',
      dimensions: 4,
      pooling: 'in-graph',
      centresFile: null,
    });
    expect(description.fingerprint).toMatch(/^tiny@[0-9a-f]{16}$/);
  });

  it('gives another fingerprint when a prefix changes, and the same when only the licence text does', async () => {
    const { fingerprint } = await describeModel(folder);
    await writeCard({ licence: 'MIT License' });
    expect((await describeModel(folder)).fingerprint).toBe(fingerprint);
    await writeCard({ prefixes: { query: '', passage: 'passage: ' } });
    expect((await describeModel(folder)).fingerprint).not.toBe(fingerprint);
  });

  it('takes words for independent only where the card says so, which makes no other fingerprint', async () => {
    const silent = await describeModel(folder);
    expect(silent.independentWords).toBe(false);
    await writeCard({ independentWords: true });
    expect(await describeModel(folder)).toEqual({ ...silent, independentWords: true });
    expect((await describeModel('owner/name')).independentWords).toBe(false);
  });

  it('takes sentence layers that are among the files, which make another fingerprint', async () => {
    const without = await describeModel(folder);
    expect(without.sentenceLayers).toBeNull();
    await mkdir(path.join(folder, 'onnx'));
    await writeFile(path.join(folder, 'onnx/layers.onnx'), content);
    const files = [...card.files, { ...card.files[0], path: 'onnx/layers.onnx' }];
    const described = async (sentenceLayers: object) => {
      await writeCard({ files, sentenceLayers });
      return describeModel(folder);
    };
    const layers = { file: 'onnx/layers.onnx', reads: 'layer8.oln' };
    const withLayers = await described(layers);
    expect(withLayers.sentenceLayers).toEqual(layers);
    expect(withLayers.fingerprint).not.toBe(without.fingerprint);
    expect((await described({ ...layers, reads: 'layer7.oln' })).fingerprint).not.toBe(
      withLayers.fingerprint,
    );
    for (const file of ['onnx/others.onnx', '../layers.onnx', 'weights.bin']) {
      await expect(described({ ...layers, file })).rejects.toMatchObject({
        code: 'MODEL_CARD_INVALID',
        message: expect.stringContaining('sentenceLayers.file'),
      });
    }
  });

  it('refuses a file that was cut, with both sizes', async () => {
    await writeWeights(content.slice(1));
    await expect(describeModel(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_ALTERED',
      details: { expectedBytes: content.length, actualBytes: content.length - 1 },
    });
  });

  it('refuses a file of the right size whose content was altered', async () => {
    await writeWeights(content.replace('n', 'm'));
    await expect(describeModel(folder)).rejects.toMatchObject({ code: 'MODEL_FILE_ALTERED' });
  });

  it('names the file that is missing', async () => {
    await rm(path.join(folder, 'weights.bin'));
    await expect(describeModel(folder)).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: expect.stringContaining('weights.bin'),
    });
  });

  it('says what is wrong with a card', async () => {
    await writeCard({ pooling: 'max' });
    await expect(describeModel(folder)).rejects.toMatchObject({
      code: 'MODEL_CARD_INVALID',
      message: expect.stringContaining('pooling'),
    });
    await writeFile(path.join(folder, 'model-card.json'), '{');
    await expect(describeModel(folder)).rejects.toMatchObject({ code: 'MODEL_CARD_INVALID' });
    await rm(path.join(folder, 'model-card.json'));
    await expect(describeModel(folder)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('takes owner/name for a hub model, with the prefixes of its family unless told otherwise', async () => {
    const e5 = await describeModel('Xenova/multilingual-e5-base');
    expect(e5).toMatchObject({
      prefixes: { query: 'query: ', passage: 'passage: ' },
      pooling: 'mean',
      dtype: 'q8',
    });
    const other = await describeModel('owner/minilm', { pooling: 'cls', dtype: 'fp32' });
    expect(other).toMatchObject({ prefixes: { query: '', passage: '' }, pooling: 'cls', dtype: 'fp32' });
    expect(e5.fingerprint).not.toBe(
      (await describeModel('Xenova/multilingual-e5-base', { dtype: 'fp32' })).fingerprint,
    );
  });

  it('refuses a name that is neither a folder nor a hub id', async () => {
    await expect(describeModel('./no-such-folder')).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      details: { setting: 'FIHRIST_MODEL' },
    });
  });
});
