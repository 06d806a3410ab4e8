import type { Embedding } from '../../../src/domain/embedding.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';

/** An embedder whose queries are answered when the test says so, whatever their signals say. */
export class SlowEmbedder extends FakeEmbedder {
  /** Queries in the order in which they came. */
  readonly waiting: Array<{
    readonly text: string;
    readonly signal: AbortSignal | undefined;
    answer(): void;
    fail(error: Error): void;
  }> = [];

  override async embedQueries(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]> {
    const [text = ''] = texts;
    return new Promise((resolve, reject) => {
      this.waiting.push({
        text,
        signal,
        answer: () => resolve(super.embedQueries(texts)),
        fail: reject,
      });
    });
  }
}
