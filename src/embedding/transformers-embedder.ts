import type { Embedding, TextRole } from '../domain/embedding.js';
import { type OnStopped, WorkerThread } from '../threads/worker-thread.js';
import type { ModelDescription } from './describe-model.js';
import type { Embedder } from './embedder.js';
import type { EmbeddingJob } from './embedding-queue.js';
import type { EmbeddingWorkerData } from './embedding-worker.js';

export interface TransformersEmbedderOptions {
  readonly description: ModelDescription;
  /** Threads of the forward pass. Minimum: 1. */
  readonly threads: number;
  /** The compiled worker entry. Default: beside this file. */
  readonly workerFile?: URL;
  /** Told when the thread ends though nobody closed it. */
  readonly onStopped?: OnStopped;
}

/** The embedder that runs transformers.js in a thread of its own, so that the event loop stays free. */
export class TransformersEmbedder implements Embedder {
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly maxInputTokens: number;
  readonly maxBatchSize = 64;
  readonly #thread: WorkerThread;
  #nextJob = 1;

  private constructor(thread: WorkerThread, description: ModelDescription, dimensions: number) {
    this.#thread = thread;
    this.fingerprint = description.fingerprint;
    this.maxInputTokens = description.maximumTokens;
    this.dimensions = dimensions;
  }

  /** Resolves when the model has answered once. @throws MODEL_UNUSABLE, WORKER_STOPPED (operator) */
  static async open(options: TransformersEmbedderOptions): Promise<TransformersEmbedder> {
    const data: EmbeddingWorkerData = { description: options.description, threads: options.threads };
    const thread = new WorkerThread({
      name: 'embedding',
      file: options.workerFile ?? new URL('./embedding-worker.js', import.meta.url),
      data,
      ...(options.onStopped === undefined ? {} : { onStopped: options.onStopped }),
    });
    try {
      const { dimensions } = await thread.call<{ dimensions: number }>('load');
      return new TransformersEmbedder(thread, options.description, dimensions);
    } catch (error) {
      await thread.terminate();
      throw error;
    }
  }

  embedQueries(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]> {
    return this.#embed('query', texts, signal);
  }

  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]> {
    return this.#embed('passage', texts, signal);
  }

  countTokens(texts: readonly string[], role: TextRole = 'passage'): Promise<number[]> {
    return this.#thread.call('countTokens', { texts, role });
  }

  /** Token ids as the model sees them, prefix and special tokens in, cut to the limit. For tests and diagnosis. */
  tokenIds(texts: readonly string[], role: TextRole): Promise<number[][]> {
    return this.#thread.call('encode', { texts, role });
  }

  /** Milliseconds of each of `runs` bare forward passes of one text: the floor that a benchmark compares with. */
  timeForwardPass(text: string, role: TextRole, runs: number): Promise<number[]> {
    return this.#thread.call('timeForwardPass', { text, role, runs });
  }

  async close(): Promise<void> {
    await this.#thread.call('dispose').catch(() => {});
    await this.#thread.terminate();
  }

  async #embed(role: TextRole, texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]> {
    signal?.throwIfAborted();
    const job: EmbeddingJob = { id: this.#nextJob++, role, texts };
    const cancel = () => void this.#thread.call('cancel', job.id).catch(() => {});
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const joined = await this.#thread.call<Float32Array>('embed', job);
      return texts.map((_, i) => joined.slice(i * this.dimensions, (i + 1) * this.dimensions));
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
}
