import { afterEach, expect, it } from 'vitest';
import type { ModelDescription } from '../../src/embedding/describe-model.js';
import { TransformersEmbedder } from '../../src/embedding/transformers-embedder.js';
import { RecordedStages } from '../../src/telemetry/search-stages.js';
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
      return { joined: Float32Array.from(texts.flatMap((text) => [text.length, 1])), computeMs: 5 * texts.length };
    },
    cancel: () => {},
    dispose: () => {},
  });
`;

const embedders: TransformersEmbedder[] = [];
afterEach(() => Promise.all(embedders.splice(0).map((embedder) => embedder.close())));

async function open(): Promise<TransformersEmbedder> {
  const embedder = await TransformersEmbedder.open({
    description: { fingerprint: 'test:1', maximumTokens: 512 } as ModelDescription,
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
