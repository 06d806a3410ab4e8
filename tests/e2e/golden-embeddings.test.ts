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

/** A passage with its sentences, as the f32 model and its f32 sentence layers give them. */
interface GoldenSentences {
  readonly id: string;
  readonly text: string;
  /** `[start, end)` each. */
  readonly sentences: ReadonlyArray<readonly [number, number]>;
  /** Whether they are embedded one by one, and why, if so: the id says it. */
  readonly apart: boolean;
  readonly tokenIds: readonly number[];
  readonly embedding: readonly number[];
  readonly sentenceEmbeddings: ReadonlyArray<readonly number[]>;
}

const readFixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
const golden: GoldenEmbedding[] = readFixture('golden-embeddings');
const goldenSentences: GoldenSentences[] = readFixture('golden-sentences');
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

  it.each(goldenSentences)(
    '$id: gives a passage and its sentences vectors near the reference',
    async (entry) => {
      const sentences = entry.sentences.map(([start, end]) => ({ start, end }));
      const [[ids], [found]] = await Promise.all([
        embedder.tokenIds([entry.text], 'passage'),
        embedder.embedWithSentences([{ text: entry.text, sentences }]),
      ]);
      expect(ids).toEqual(entry.tokenIds);
      expect(dot(found!.embedding, entry.embedding)).toBeGreaterThanOrEqual(LEAST_COSINE);
      expect(found!.sentenceEmbeddings).toHaveLength(sentences.length);
      for (const [i, embedding] of found!.sentenceEmbeddings.entries()) {
        expect(dot(embedding, entry.sentenceEmbeddings[i]!)).toBeGreaterThanOrEqual(LEAST_COSINE);
      }
      const [alone] = await embedder.embedPassages([entry.text]);
      expect([...found!.embedding]).toEqual([...alone!]);
    },
  );

  it.each(goldenSentences)('$id: embeds its sentences apart only where it has to', async (entry) => {
    const sentences = entry.sentences.map(([start, end]) => ({ start, end }));
    const [[found], byThemselves] = await Promise.all([
      embedder.embedWithSentences([{ text: entry.text, sentences }]),
      embedder.embedPassages(sentences.map(({ start, end }) => entry.text.slice(start, end))),
    ]);
    const areApart = found!.sentenceEmbeddings.every(
      (vector, i) => dot(vector, [...byThemselves[i]!]) > 0.9999,
    );
    expect(areApart).toBe(entry.apart);
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
