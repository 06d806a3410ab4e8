import type { Embedding, TextRole } from '../domain/embedding.js';
import type { Passage } from '../domain/passage.js';
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

/** A passage's text, and where its sentences are. */
export type CutText = Pick<Passage, 'text' | 'sentences'>;

export interface PassageEmbeddings {
  readonly embedding: Embedding;
  /** One a sentence, in order. Empty for a single sentence: it would be the same text. */
  readonly sentenceEmbeddings: readonly Embedding[];
}

/**
 * Turns texts into embeddings with a local model. Texts are handed over as written: cleaning of invisible marks,
 * the model's prefix and truncation happen inside. A text's embedding depends on the text alone, never on the
 * texts beside it; a sentence's, on the passage that it stands in. Queries overtake passages that are waiting.
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
  /** The same for texts to be found: titles, passages. Cost: the model's forward pass for each text. */
  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]>;
  /**
   * Passages with their sentences; a passage's embedding is the one that `embedPassages` gives it.
   * Cost: a little more than the passage's forward pass where the model has sentence layers, else one for each sentence, too.
   */
  embedWithSentences(passages: readonly CutText[], signal?: AbortSignal): Promise<PassageEmbeddings[]>;
  /**
   * Tokens of each text, prefix and specials counted, uncut. Cost: well under 1 ms a text.
   * @param role  Default: passage.
   */
  countTokens(texts: readonly string[], role?: TextRole): Promise<number[]>;
  close(): Promise<void>;
}
