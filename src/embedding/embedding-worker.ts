import { workerData } from 'node:worker_threads';
import type { TextRole } from '../domain/embedding.js';
import { collectGarbage } from '../memory/collect-garbage.js';
import { toEmbeddingText } from '../text/to-embedding-text.js';
import { lowerPriority } from '../threads/lower-priority.js';
import { serveCalls } from '../threads/serve-calls.js';
import type { ModelDescription } from './describe-model.js';
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

/** Milliseconds that each vector took, without the time in which its text waited. */
const computeMs = new WeakMap<Float32Array, number>();

const queue = new EmbeddingQueue(async (text, role) => {
  const model = await loading;
  const startedAt = performance.now();
  const vector = await model.embed(model.encode(withPrefix(text, role)));
  computeMs.set(vector, performance.now() - startedAt);
  return vector;
});

export interface EmbedReply {
  /** Shape [texts × dimensions]. */
  readonly joined: Float32Array;
  readonly computeMs: number;
}

/** Joins the vectors of a job into one buffer, shape [texts × dimensions], that moves instead of being copied. */
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
     * behind, 40 MB, would stay: this thread makes so little garbage afterwards that none is collected for hours.
     */
    load: async (): Promise<{ dimensions: number }> => {
      const model = await loading;
      const probe = await model.embed(model.encode(withPrefix('فهرست', 'query')));
      collectGarbage();
      return { dimensions: probe.length };
    },
    embed: async (job: EmbeddingJob): Promise<EmbedReply> => {
      const vectors = await queue.run(job);
      return {
        joined: join(vectors),
        computeMs: vectors.reduce((sum, vector) => sum + (computeMs.get(vector) ?? 0), 0),
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
