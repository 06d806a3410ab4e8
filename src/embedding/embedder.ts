import type { Embedding, TextRole } from '../domain/embedding.js';
import type { SearchStages } from '../telemetry/search-stages.js';

/** What an embedder can do. Callers obey these instead of asking which adapter it is. */
export interface EmbedderLimits {
  /** Length of every embedding. */
  readonly dimensions: number;
  /** Tokens of one text, prefix and special tokens counted; what is over is cut off. */
  readonly maxInputTokens: number;
  /** Texts in one call that are worth handing over together. */
  readonly maxBatchSize: number;
}

/**
 * Turns texts into embeddings with a local model. Texts are handed over as written: cleaning of invisible marks,
 * the model's prefix and truncation happen inside. A text's embedding depends on the text alone, never on the
 * texts beside it. Queries overtake passages that are waiting.
 */
export interface Embedder extends EmbedderLimits {
  /** Changes whenever the embeddings would: model file, revision, text preparation. Stored beside every vector. */
  readonly fingerprint: string;
  /**
   * @param stages  Told how long the texts waited for the model, and how long it took for them.
   * @returns One embedding a text, in order. @throws EMBEDDING_FAILED (bug), WORKER_STOPPED (operator)
   */
  embedQueries(
    texts: readonly string[],
    signal?: AbortSignal,
    stages?: Pick<SearchStages, 'took'>,
  ): Promise<Embedding[]>;
  /** The same for passages and sentences. Cost: the model's forward pass for each text. */
  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]>;
  /**
   * Tokens of each text, prefix and specials counted, uncut. Cost: well under 1 ms a text.
   * @param role  Default: passage.
   */
  countTokens(texts: readonly string[], role?: TextRole): Promise<number[]>;
  close(): Promise<void>;
}
