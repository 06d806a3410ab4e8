import type { Embedding, TextRole } from '../domain/embedding.js';
import { NO_STAGES, type SearchStages } from '../telemetry/search-stages.js';
import { type ThreadWatchOptions, WorkerThread } from '../threads/worker-thread.js';
import type { ModelDescription } from './describe-model.js';
import { embedApart, sentenceTexts } from './embed-apart.js';
import type { CutText, Embedder, PassageEmbeddings } from './embedder.js';
import type { EmbeddingJob } from './embedding-queue.js';
import type { EmbeddingText, EmbeddingWorkerData, EmbedReply } from './embedding-worker.js';

export interface TransformersEmbedderOptions extends ThreadWatchOptions {
  readonly description: ModelDescription;
  /** Threads of the forward pass. Minimum: 1. */
  readonly threads: number;
  /** 0 to 19: how much the other threads of the program go before this one, where the system knows such a thing. Default: 0. */
  readonly niceness?: number;
  /** The compiled worker entry. Default: beside this file. */
  readonly workerFile?: URL;
}

/** A text leaves some kilobytes behind: with room for 48 MB of them, a copy of the model takes 30 MB more. */
const YOUNG_MEMORY_MB = 6;

/** The embedder that runs transformers.js in a thread of its own, so that the event loop stays free. */
export class TransformersEmbedder implements Embedder {
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly maxInputTokens: number;
  readonly maxBatchSize = 64;
  readonly #hasSentenceLayers: boolean;
  readonly #thread: WorkerThread;
  readonly #waiting = { query: 0, passage: 0 };
  #nextJob = 1;

  private constructor(thread: WorkerThread, description: ModelDescription, dimensions: number) {
    this.#thread = thread;
    this.fingerprint = description.fingerprint;
    this.maxInputTokens = description.maximumTokens;
    this.dimensions = dimensions;
    this.#hasSentenceLayers = description.sentenceLayers !== null;
  }

  /** Resolves when the model has answered once. @throws MODEL_UNUSABLE, WORKER_STOPPED (operator) */
  static async open(options: TransformersEmbedderOptions): Promise<TransformersEmbedder> {
    const { description, threads, niceness = 0, workerFile, ...watching } = options;
    const data: EmbeddingWorkerData = { description, threads, niceness };
    const thread = new WorkerThread({
      name: 'embedding',
      file: workerFile ?? new URL('./embedding-worker.js', import.meta.url),
      data,
      patientWith: ['load'],
      youngMemoryMb: YOUNG_MEMORY_MB,
      ...watching,
    });
    try {
      const { dimensions } = await thread.call<{ dimensions: number }>('load');
      return new TransformersEmbedder(thread, options.description, dimensions);
    } catch (error) {
      await thread.terminate();
      throw error;
    }
  }

  async embedQueries(
    texts: readonly string[],
    signal?: AbortSignal,
    stages: Pick<SearchStages, 'took'> = NO_STAGES,
  ): Promise<Embedding[]> {
    const startedAt = performance.now();
    const { embeddings, computeMs } = await this.#embed('query', texts, signal);
    const endedAt = performance.now();
    // The clocks of two threads differ: what is known of the other one is how long, not when.
    const waitedUntil = Math.max(startedAt, endedAt - computeMs);
    stages.took('embed_wait', startedAt, waitedUntil);
    stages.took('embed', waitedUntil, endedAt);
    return embeddings;
  }

  async embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]> {
    return (await this.#embed('passage', texts, signal)).embeddings;
  }

  async embedWithSentences(passages: readonly CutText[], signal?: AbortSignal): Promise<PassageEmbeddings[]> {
    const embed = (texts: readonly string[]) => this.embedPassages(texts, signal);
    if (!this.#hasSentenceLayers) return embedApart(passages, embed);
    const { embeddings, counts } = await this.#embed('passage', passages, signal);
    let next = 0;
    const found = counts.map((count) => {
      const [embedding, ...sentenceEmbeddings] = embeddings.slice(next, next + count);
      next += count;
      return { embedding: embedding as Embedding, sentenceEmbeddings };
    });
    const left = passages.map((passage, i) =>
      found[i]?.sentenceEmbeddings.length === 0 ? sentenceTexts(passage) : [],
    );
    if (left.every(({ length }) => length === 0)) return found;
    const apart = (await embed(left.flat())).values();
    return found.map((one, i) => {
      const texts = left[i] ?? [];
      return texts.length === 0
        ? one
        : { ...one, sentenceEmbeddings: texts.map(() => apart.next().value as Embedding) };
    });
  }

  /** Texts that were handed over and are not embedded yet, those of the job under way among them. */
  waitingTexts(): Readonly<Record<TextRole, number>> {
    return { ...this.#waiting };
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

  async #embed(
    role: TextRole,
    texts: readonly EmbeddingText[],
    signal?: AbortSignal,
  ): Promise<Omit<EmbedReply, 'joined'> & { embeddings: Embedding[] }> {
    signal?.throwIfAborted();
    const job: EmbeddingJob<EmbeddingText> = { id: this.#nextJob++, role, texts };
    const cancel = () => void this.#thread.call('cancel', job.id).catch(() => {});
    signal?.addEventListener('abort', cancel, { once: true });
    this.#waiting[role] += texts.length;
    try {
      const { joined, ...reply } = await this.#thread.call<EmbedReply>('embed', job);
      const vectorOf = (i: number) => joined.slice(i * this.dimensions, (i + 1) * this.dimensions);
      const vectors = joined.length / this.dimensions;
      return { embeddings: Array.from({ length: vectors }, (_, i) => vectorOf(i)), ...reply };
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      this.#waiting[role] -= texts.length;
      signal?.removeEventListener('abort', cancel);
    }
  }
}
