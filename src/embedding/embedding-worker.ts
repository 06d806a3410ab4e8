import { workerData } from 'node:worker_threads';
import type { TextRole } from '../domain/embedding.js';
import { collectGarbage } from '../memory/collect-garbage.js';
import { toEmbeddingText } from '../text/to-embedding-text.js';
import { lowerPriority } from '../threads/lower-priority.js';
import { serveCalls } from '../threads/serve-calls.js';
import type { ModelDescription } from './describe-model.js';
import { sentenceTexts } from './embed-apart.js';
import type { CutText } from './embedder.js';
import { type EmbeddingJob, EmbeddingQueue } from './embedding-queue.js';
import { TransformersModel } from './transformers-model.js';

/** What the adapter hands to the thread. */
export interface EmbeddingWorkerData {
  readonly description: ModelDescription;
  readonly threads: number;
  /** 0 to 19: how much other threads go before this one. */
  readonly niceness: number;
}

const { description, threads, niceness } = workerData as EmbeddingWorkerData;
if (niceness > 0) lowerPriority(niceness);
const loading = TransformersModel.load(description, threads);
// Whoever calls first hears of a failure; until then it must not count as unhandled.
loading.catch(() => {});

const withPrefix = (text: string, role: TextRole) => description.prefixes[role] + toEmbeddingText(text);

/** A text, or a passage that is to be embedded with its sentences. */
export type EmbeddingText = string | CutText;

interface EmbeddedText {
  /** Of the text; behind it, those of its sentences. */
  readonly vectors: readonly Float32Array[];
  /** Without the time in which the text waited. */
  readonly computeMs: number;
}

const queue = new EmbeddingQueue(async (text: EmbeddingText, role): Promise<EmbeddedText> => {
  const model = await loading;
  const startedAt = performance.now();
  const vectors =
    typeof text === 'string'
      ? [await model.embed(model.encode(withPrefix(text, role)))]
      : await embedCut(text);
  return { vectors, computeMs: performance.now() - startedAt };
});

async function embedCut(passage: CutText): Promise<readonly Float32Array[]> {
  const model = await loading;
  const ids = model.encode(withPrefix(passage.text, 'passage'));
  const places = model.placeSentences(ids, sentenceTexts(passage).map(toEmbeddingText));
  return places === null ? [await model.embed(ids)] : model.embedWithSentences(ids, places);
}

export interface EmbedReply {
  /** Shape [vectors × dimensions]. */
  readonly joined: Float32Array;
  /** How many of the vectors are each text's. A passage has 1 where its sentences cannot be embedded along with it. */
  readonly counts: readonly number[];
  readonly computeMs: number;
}

/** Joins the vectors of a job into one buffer, shape [vectors × dimensions], that moves instead of being copied. */
function join(vectors: readonly Float32Array[]): Float32Array {
  const dimensions = vectors[0]?.length ?? 0;
  const joined = new Float32Array(vectors.length * dimensions);
  for (const [i, vector] of vectors.entries()) joined.set(vector, i * dimensions);
  return joined;
}

serveCalls(
  {
    /**
     * Resolves when the model has answered once; first use allocates what later ones reuse. What reading the tokenizer left
     * behind, 40 MB, would stay: this thread makes so little garbage afterwards that none is collected for hours. It is
     * collected when the reply is on its way.
     */
    load: async (): Promise<{ dimensions: number }> => {
      const model = await loading;
      const probe = await model.embed(model.encode(withPrefix('فهرست', 'query')));
      setImmediate(collectGarbage);
      return { dimensions: probe.length };
    },
    embed: async (job: EmbeddingJob<EmbeddingText>): Promise<EmbedReply> => {
      const embedded = await queue.run(job);
      return {
        joined: join(embedded.flatMap(({ vectors }) => vectors)),
        counts: embedded.map(({ vectors }) => vectors.length),
        computeMs: embedded.reduce((sum, text) => sum + text.computeMs, 0),
      };
    },
    cancel: (id: number) => queue.cancel(id, new Error('cancelled')),
    encode: async (argument: { texts: readonly string[]; role: TextRole }) => {
      const model = await loading;
      return argument.texts.map((text) => model.encode(withPrefix(text, argument.role)));
    },
    countTokens: async (argument: { texts: readonly string[]; role: TextRole }) => {
      const model = await loading;
      return argument.texts.map((text) => model.countTokens(withPrefix(text, argument.role)));
    },
    /** The forward pass alone, for benchmarks: milliseconds of each of `runs` runs. */
    timeForwardPass: async (argument: { text: string; role: TextRole; runs: number }) => {
      const model = await loading;
      const ids = model.encode(withPrefix(argument.text, argument.role));
      const times: number[] = [];
      for (let run = 0; run < argument.runs; run++) {
        const start = performance.now();
        await model.embed(ids);
        times.push(performance.now() - start);
      }
      return times;
    },
    dispose: async () => (await loading).dispose(),
  },
  (value) => (isEmbedReply(value) ? [value.joined.buffer as ArrayBuffer] : []),
);

function isEmbedReply(value: unknown): value is EmbedReply {
  return typeof value === 'object' && value !== null && 'joined' in value;
}
