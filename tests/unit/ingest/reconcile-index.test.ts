import { describe, expect, it } from 'vitest';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { reconcileIndex } from '../../../src/ingest/reconcile-index.js';
import type { VectorEntry, VectorIndexWriter } from '../../../src/vector-index/vector-index.js';

/** A store that holds labels, each with a vector of itself. */
function storeOf(labels: readonly number[]) {
  return {
    labels: async () => Uint32Array.from(labels),
    embeddings: async ({ after = -1, limit }: { after?: number; limit: number }) =>
      labels
        .filter((label) => label > after)
        .slice(0, limit)
        .map((label) => ({ label, language: 'en' as const, embedding: Float32Array.of(1, label) })),
  };
}

class RecordingIndex implements Pick<VectorIndexWriter, 'labels' | 'add' | 'remove'> {
  readonly added: number[] = [];
  readonly removed: number[] = [];
  readonly #labels: readonly number[];

  constructor(labels: readonly number[]) {
    this.#labels = labels;
  }

  async labels(): Promise<Uint32Array> {
    return Uint32Array.from(this.#labels);
  }

  async add(entries: readonly VectorEntry[]): Promise<void> {
    for (const { label, vector } of entries) {
      expect(vector[1]).toBeGreaterThan(0);
      this.added.push(label);
    }
  }

  async remove(labels: readonly number[]): Promise<void> {
    this.removed.push(...labels);
  }
}

describe('reconcileIndex', () => {
  it.each([
    ['nothing where both hold the same', [1, 2, 5], [1, 2, 5], 9, [], []],
    ['what is missing at the beginning, between and at the end', [1, 2, 3, 5, 8], [2, 5], 9, [1, 3, 8], []],
    ['what is there too much', [2, 5], [1, 2, 3, 5, 8], 9, [], [1, 3, 8]],
    ['all to an empty index', [1, 2], [], 9, [1, 2], []],
    ['none to an empty store', [], [1, 2], 9, [], [1, 2]],
    ['anew what is beyond trust', [1, 4, 6, 7], [1, 4, 5, 6], 4, [6, 7], [5, 6]],
  ])('brings %s', async (_, stored, present, trustedUpTo, added, removed) => {
    const index = new RecordingIndex(present);
    const options = { fingerprint: 'test', centring: NO_CENTRING, trustedUpTo };
    const report = await reconcileIndex(storeOf(stored), index, options);
    expect(index.added).toEqual(added);
    expect(index.removed).toEqual(removed);
    expect(report).toEqual({ added: added.length, removed: removed.length });
  });
});
