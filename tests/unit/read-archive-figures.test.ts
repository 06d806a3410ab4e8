import { describe, expect, it } from 'vitest';
import { archiveFiguresOf } from '../../src/read-archive-figures.js';

/** A store whose counting takes `countMs` by a clock that the test turns. */
function setUp(countMs: number) {
  const state = { now: 0, generation: 1, counted: 0 };
  const figures = archiveFiguresOf(
    {
      store: {
        generation: async () => state.generation,
        stats: async () => {
          state.now += countMs;
          state.counted += 1;
          return {
            articles: 10 * state.generation,
            passages: 3,
            sentences: 9,
            passagesByLanguage: { ar: 1, en: 2 },
            sizeBytes: 4096,
            schemaVersion: 3,
            generation: state.generation,
          };
        },
      },
      index: { size: async () => 3 },
      model: { fingerprint: 'model:1', waitingTexts: () => ({ query: 1, passage: 0 }) },
      caches: {
        queries: { figures: () => ({ hits: 1, misses: 2, entries: 2, sizeBytes: 8 }) },
        results: null,
      },
    },
    () => state.now,
  );
  return { state, figures };
}

describe('archiveFiguresOf', () => {
  it('gathers what tells how an archive is', async () => {
    expect(await setUp(1).figures()).toEqual({
      articles: 10,
      passagesByLanguage: { ar: 1, en: 2 },
      sizeBytes: 4096,
      generation: 1,
      indexSize: 3,
      waitingTexts: { query: 1, passage: 0 },
      caches: { queries: { hits: 1, misses: 2, entries: 2, sizeBytes: 8 }, results: null },
      modelFingerprint: 'model:1',
    });
  });

  it('does not count again what cannot have changed', async () => {
    const { state, figures } = setUp(1);
    await figures();
    state.now += 1_000_000;
    await figures();
    expect(state.counted).toBe(1);
  });

  it('counts a small archive anew with every change', async () => {
    const { state, figures } = setUp(0.01);
    await figures();
    state.generation = 2;
    state.now += 15_000;
    expect(await figures()).toMatchObject({ articles: 20, generation: 2 });
  });

  it('spends at most a thousandth of the time on counting a large one that changes all the time', async () => {
    const { state, figures } = setUp(100);
    await figures();
    state.generation = 2;
    state.now += 99_000;
    expect(await figures()).toMatchObject({ articles: 10, generation: 2 });
    state.now += 2_000;
    expect(await figures()).toMatchObject({ articles: 20 });
    expect(state.counted).toBe(2);
  });
});
