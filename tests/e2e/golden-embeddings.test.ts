import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeModel } from '../../src/embedding/describe-model.js';
import { TransformersEmbedder } from '../../src/embedding/transformers-embedder.js';

interface GoldenEmbedding {
  readonly id: string;
  readonly role: 'query' | 'passage';
  readonly text: string;
  readonly tokenIds: readonly number[];
  readonly embedding: readonly number[];
}

const golden: GoldenEmbedding[] = JSON.parse(
  readFileSync(new URL('../fixtures/golden-embeddings.json', import.meta.url), 'utf8'),
);
/**
 * What 8 bits may cost: .9981 is the least here (docs/decisions/0005).
 */
const LEAST_COSINE = 0.998;

const workerFile = new URL('../../dist/embedding/embedding-worker.js', import.meta.url);

const dot = (a: Float32Array, b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe('the shipped model in the program, against the f32 reference', () => {
  let embedder: TransformersEmbedder;
  beforeAll(async () => {
    embedder = await TransformersEmbedder.open({
      description: await describeModel('models/fihrist-e5-small'),
      threads: 2,
      workerFile,
    });
  });
  afterAll(() => embedder.close());

  it.each(golden)('$id: gives the same token ids and a vector near the reference', async (entry) => {
    const [ids] = await embedder.tokenIds([entry.text], entry.role);
    expect(ids).toEqual(entry.tokenIds);
    const [vector] =
      entry.role === 'query'
        ? await embedder.embedQueries([entry.text])
        : await embedder.embedPassages([entry.text]);
    expect(dot(vector!, entry.embedding)).toBeGreaterThanOrEqual(LEAST_COSINE);
    expect(dot(vector!, [...vector!])).toBeCloseTo(1, 4);
  });

  it('gives a text the same vector whatever stands beside it', async () => {
    const [alone] = await embedder.embedPassages(['مدينة فاس القديمة']);
    const [, beside] = await embedder.embedPassages([
      'A much longer neighbour. '.repeat(60),
      'مدينة فاس القديمة',
      '!',
    ]);
    expect([...beside!]).toEqual([...alone!]);
  });

  it('counts the tokens of a text beyond the limit, and cuts it there', async () => {
    const long = 'the city and its river '.repeat(500);
    const [count] = await embedder.countTokens([long]);
    expect(count).toBeGreaterThan(2_000);
    const [ids] = await embedder.tokenIds([long], 'passage');
    expect(ids).toHaveLength(512);
  });

  it('lets queries overtake a long list of passages', async () => {
    let passagesDone = false;
    const texts = Array.from({ length: 64 }, (_, i) => `${i} ${'طريق الحرير القديم '.repeat(60)}`);
    const passages = embedder.embedPassages(texts).then(() => {
      passagesDone = true;
    });
    for (let i = 0; i < 3; i++) await embedder.embedQueries(['أين يمر طريق الحرير؟']);
    expect(passagesDone).toBe(false);
    await passages;
  });

  it('stops embedding when it is told that nobody waits any more', async () => {
    const stop = new AbortController();
    const texts = Array.from({ length: 500 }, (_, i) => `${i} ${'a long passage about rivers '.repeat(60)}`);
    const waiting = embedder.embedPassages(texts, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(waiting).rejects.toThrow();
    const start = performance.now();
    await embedder.embedPassages(['short']);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
