import { afterEach, describe, expect, it } from 'vitest';
import type { ModelDescription } from '../../src/embedding/describe-model.js';
import type { PassageEmbeddings } from '../../src/embedding/embedder.js';
import { TransformersEmbedder } from '../../src/embedding/transformers-embedder.js';
import { RecordedStages } from '../../src/telemetry/search-stages.js';
import { cutAtStops } from '../unit/embedding/cut-at-stops.js';
import { until } from '../unit/http/start-test-server.js';

const serveCalls = new URL('../../dist/threads/serve-calls.js', import.meta.url).href;

/** In place of the thread with the model: answers a job when its text says so, and tells 5 ms for each text. */
const source = `
  const { serveCalls } = await import(${JSON.stringify(serveCalls)});
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  serveCalls({
    load: () => ({ dimensions: 2 }),
    embed: async ({ texts }) => {
      if (texts[0] === 'broken') throw new Error('no vector');
      await pause(texts[0] === 'slow' ? 150 : 20);
      // A passage has its sentences' vectors behind it, unless it says that it cannot.
      const parts = texts.map((text) =>
        typeof text === 'string' ? [text]
        : text.text.startsWith('apart') ? [text.text]
        : text.sentences.length < 2 ? [text.text]
        : [text.text, ...text.sentences.map(({ start, end }) => '+' + text.text.slice(start, end))]);
      return {
        joined: Float32Array.from(parts.flat().flatMap((part) => [part.length, part.startsWith('+') ? 2 : 1])),
        counts: parts.map(({ length }) => length),
        computeMs: 5 * texts.length,
      };
    },
    cancel: () => {},
    dispose: () => {},
  });
`;

const embedders: TransformersEmbedder[] = [];
afterEach(() => Promise.all(embedders.splice(0).map((embedder) => embedder.close())));

async function open(
  sentenceLayers: ModelDescription['sentenceLayers'] = null,
): Promise<TransformersEmbedder> {
  const embedder = await TransformersEmbedder.open({
    description: { fingerprint: 'test:1', maximumTokens: 512, sentenceLayers } as ModelDescription,
    threads: 1,
    workerFile: new URL(`data:text/javascript,${encodeURIComponent(source)}`),
  });
  embedders.push(embedder);
  return embedder;
}

it('tells how long a query waited for the model and how long that took', async () => {
  const stages = new RecordedStages();
  const startedAt = performance.now();
  expect(await (await open()).embedQueries(['moon'], undefined, stages)).toEqual([Float32Array.of(4, 1)]);
  const tookMs = performance.now() - startedAt;
  const [wait, embed] = stages.times;
  expect([wait!.stage, embed!.stage]).toEqual(['embed_wait', 'embed']);
  expect(embed!.endedAt - embed!.startedAt).toBeCloseTo(5, 6);
  expect(wait!.endedAt).toBe(embed!.startedAt);
  expect(wait!.endedAt - wait!.startedAt).toBeGreaterThan(10);
  expect(embed!.endedAt - wait!.startedAt).toBeLessThanOrEqual(tookMs);
});

it('knows how many texts are not embedded yet, by their role, also of those that fail', async () => {
  const embedder = await open();
  const passages = embedder.embedPassages(['slow', 'b', 'c']);
  const query = embedder.embedQueries(['moon']);
  const broken = embedder.embedQueries(['broken']).catch((error: Error) => error.message);
  expect(embedder.waitingTexts()).toEqual({ query: 2, passage: 3 });
  await query;
  expect(await broken).toBe('no vector');
  expect(embedder.waitingTexts()).toEqual({ query: 0, passage: 3 });
  await passages;
  await until(() => embedder.waitingTexts().passage === 0);
});

describe('passages with their sentences', () => {
  const passages = ['One. Two two.', 'apart: a. b.', 'Single.'].map(cutAtStops);
  const lengths = (found: readonly PassageEmbeddings[]) =>
    found.map(({ embedding, sentenceEmbeddings }) => [
      embedding[0],
      sentenceEmbeddings.map((vector) => [vector[0], vector[1] === 2 ? 'along' : 'alone']),
    ]);

  it('takes the vectors of sentences out of the passage’s pass, and makes those that it did not give one by one', async () => {
    const embedder = await open({ file: 'onnx/sentence_layers.onnx', reads: 'hidden' });
    expect(lengths(await embedder.embedWithSentences(passages))).toEqual([
      [
        13,
        [
          [5, 'along'],
          [9, 'along'],
        ],
      ],
      [
        12,
        [
          [9, 'alone'],
          [2, 'alone'],
        ],
      ],
      [7, []],
    ]);
    expect(embedder.waitingTexts()).toEqual({ query: 0, passage: 0 });
  });

  it('embeds each sentence by itself when the model has no layers for it', async () => {
    expect(lengths(await (await open()).embedWithSentences(passages))).toEqual([
      [
        13,
        [
          [4, 'alone'],
          [8, 'alone'],
        ],
      ],
      [
        12,
        [
          [9, 'alone'],
          [2, 'alone'],
        ],
      ],
      [7, []],
    ]);
  });

  it('is cancelled like any other', async () => {
    const embedder = await open({ file: 'onnx/sentence_layers.onnx', reads: 'hidden' });
    await expect(embedder.embedWithSentences(passages, AbortSignal.abort(new Error('gone')))).rejects.toThrow(
      'gone',
    );
  });
});
