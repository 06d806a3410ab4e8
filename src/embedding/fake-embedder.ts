import type { Embedding } from '../domain/embedding.js';
import { toEmbeddingText } from '../text/to-embedding-text.js';
import { embedApart } from './embed-apart.js';
import type { CutText, Embedder, PassageEmbeddings } from './embedder.js';

/**
 * A deterministic embedder without a model, for tests of everything around it: each word points in a direction
 * of its own, a text points along the sum of its words, so texts that share words are close. It knows no meaning.
 */
export class FakeEmbedder implements Embedder {
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly maxInputTokens = 512;
  readonly maxBatchSize = 64;
  /** Texts embedded so far, so that a test can see that nothing was embedded twice. */
  embeddedTexts = 0;

  constructor(options: { dimensions?: number; fingerprint?: string } = {}) {
    this.dimensions = options.dimensions ?? 64;
    this.fingerprint = options.fingerprint ?? `fake@${this.dimensions}`;
  }

  async embedQueries(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]> {
    signal?.throwIfAborted();
    this.embeddedTexts += texts.length;
    return texts.map((text) => this.#embed(text));
  }

  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]> {
    return this.embedQueries(texts, signal);
  }

  embedWithSentences(passages: readonly CutText[], signal?: AbortSignal): Promise<PassageEmbeddings[]> {
    return embedApart(passages, (texts) => this.embedPassages(texts, signal));
  }

  async countTokens(texts: readonly string[]): Promise<number[]> {
    return texts.map((text) => words(text).length + 3);
  }

  async close(): Promise<void> {}

  #embed(text: string): Embedding {
    const sum = new Float32Array(this.dimensions);
    for (const word of [...words(text).slice(0, this.maxInputTokens), '']) {
      let state = hash(word);
      for (let i = 0; i < sum.length; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        sum[i] = (sum[i] ?? 0) + (state / 0xffffffff - 0.5) * (word === '' ? 0.01 : 1);
      }
    }
    const length = Math.hypot(...sum);
    return sum.map((value) => value / length);
  }
}

function words(text: string): string[] {
  return (
    toEmbeddingText(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** FNV-1a over UTF-16 code units. */
function hash(word: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) value = Math.imul(value ^ word.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
