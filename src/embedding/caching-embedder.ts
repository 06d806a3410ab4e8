import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Embedding, TextRole } from '../domain/embedding.js';
import type { CacheFigures } from '../telemetry/cache-figures.js';
import { NO_STAGES, type SearchStages } from '../telemetry/search-stages.js';
import { toEmbeddingText } from '../text/to-embedding-text.js';
import type { CutText, Embedder, PassageEmbeddings } from './embedder.js';
import { SharedCall } from './shared-call.js';

type Stages = Pick<SearchStages, 'took'>;

export interface CachingEmbedderOptions {
  /** Queries that are kept; the one that was not asked for longest goes first. Minimum: 1. */
  readonly mostEntries: number;
}

/**
 * An embedder that remembers the queries of another one, because what people look for, many look for. Queries are the
 * same when the model gets to read the same. Equal queries that come while one is being embedded wait for that one;
 * a caller that leaves takes nothing from the others, and what failed is tried again the next time. Passages pass through.
 *
 * Memory: 4 bytes a dimension and about 400 more for each entry, whatever the length of its text: of texts only hashes are
 * kept. 10,000 entries of 384 dimensions are 19 MB.
 */
export class CachingEmbedder implements Embedder {
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly maxInputTokens: number;
  readonly maxBatchSize: number;
  readonly #inner: Embedder;
  readonly #kept: LRUCache<string, Embedding>;
  readonly #underWay = new Map<string, SharedCall<Embedding>>();
  #hits = 0;
  #misses = 0;

  constructor(inner: Embedder, { mostEntries }: CachingEmbedderOptions) {
    this.#inner = inner;
    this.#kept = new LRUCache({ max: mostEntries });
    this.fingerprint = inner.fingerprint;
    this.dimensions = inner.dimensions;
    this.maxInputTokens = inner.maxInputTokens;
    this.maxBatchSize = inner.maxBatchSize;
  }

  async embedQueries(
    texts: readonly string[],
    signal?: AbortSignal,
    stages: Stages = NO_STAGES,
  ): Promise<Embedding[]> {
    signal?.throwIfAborted();
    return Promise.all(texts.map((text) => this.#embedQuery(text, signal, stages)));
  }

  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]> {
    return this.#inner.embedPassages(texts, signal);
  }

  embedWithSentences(passages: readonly CutText[], signal?: AbortSignal): Promise<PassageEmbeddings[]> {
    return this.#inner.embedWithSentences(passages, signal);
  }

  countTokens(texts: readonly string[], role?: TextRole): Promise<number[]> {
    return this.#inner.countTokens(texts, role);
  }

  /** Frees what is kept; what is under way goes on. */
  forget(): void {
    this.#kept.clear();
  }

  figures(): CacheFigures {
    const entries = this.#kept.size;
    return {
      hits: this.#hits,
      misses: this.#misses,
      entries,
      sizeBytes: entries * this.dimensions * Float32Array.BYTES_PER_ELEMENT,
    };
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  /** @returns A copy: what a caller does with its vector must not change what the next one gets. */
  async #embedQuery(text: string, signal: AbortSignal | undefined, stages: Stages): Promise<Embedding> {
    const key = hash('sha256', `${this.fingerprint}\n${toEmbeddingText(text)}`, 'base64');
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#hits += 1;
      return kept.slice();
    }
    const underWay = this.#underWay.get(key);
    if (underWay === undefined || underWay.isStopped) {
      this.#misses += 1;
      return (await this.#begin(key, text, stages).wait(signal)).slice();
    }
    this.#hits += 1;
    const startedAt = performance.now();
    const embedding = await underWay.wait(signal);
    stages.took('embed_wait', startedAt, performance.now());
    return embedding.slice();
  }

  /** @param stages  Of the caller that is first; the others only wait. */
  #begin(key: string, text: string, stages: Stages): SharedCall<Embedding> {
    const call: SharedCall<Embedding> = new SharedCall(
      async (stop) => {
        const [embedding] = await this.#inner.embedQueries([text], stop, stages);
        if (embedding === undefined) throw new Error('the embedder gave no vector');
        this.#kept.set(key, embedding);
        return embedding;
      },
      () => {
        // One that was stopped may have been followed by another already.
        if (this.#underWay.get(key) === call) this.#underWay.delete(key);
      },
    );
    this.#underWay.set(key, call);
    return call;
  }
}
