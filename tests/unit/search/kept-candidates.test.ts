import { describe, expect, it } from 'vitest';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { KeptCandidates, type RankingData } from '../../../src/search/kept-candidates.js';
import { prepareQuery } from '../../../src/search/prepare-query.js';
import { passageTerms } from '../../../src/text/passage-terms.js';
import { dot, quantised, vectorOf } from './random-vectors.js';

/** Labels below 100 are there: a passage of two sentences and a title each, the title of the state that the store is in. */
function store() {
  const asked: number[][] = [];
  const state = { generation: 7 };
  const titleSeed = (label: number, generation: number) => 1_000 * generation + label;
  return {
    asked,
    state,
    titleSeed,
    rankingRows: async (labels: readonly number[]) => {
      asked.push([...labels]);
      const { generation } = state;
      await new Promise((resolve) => setTimeout(resolve, asked.length % 3));
      return labels
        .filter((label) => label < 100)
        .map((label) => ({
          label,
          articleNumber: label,
          language: 'en' as const,
          passage: quantised(vectorOf(label + 500)),
          sentences: quantised(vectorOf(label), vectorOf(label + 100)),
          title: quantised(vectorOf(titleSeed(label, generation))),
          terms: passageTerms('', ''),
        }));
    },
  };
}

const labelsIn = ({ candidates }: RankingData) => [...candidates.keys()].sort((a, b) => a - b);

/** Cosines of a fixed question with the passage, the sentences and the title of a label. */
function similaritiesOf(label: number) {
  return ({ candidates, matrix }: RankingData): number[] => {
    const { passageRow, firstSentenceRow, sentences, titleRow } = candidates.get(label)!;
    const sentenceRows = Array.from({ length: sentences }, (_, i) => firstSentenceRow + i);
    const rows = [passageRow, ...sentenceRows, titleRow!];
    return [...matrix.similarities(prepareQuery(vectorOf(1), NO_CENTRING), rows)];
  };
}

function expectVectors(found: readonly number[], seeds: readonly number[]) {
  expect(found).toHaveLength(seeds.length);
  for (const [i, seed] of seeds.entries()) expect(found[i]).toBeCloseTo(dot(vectorOf(1), vectorOf(seed)), 1);
}

describe('KeptCandidates', () => {
  const open = (rows: ReturnType<typeof store>, mostRows?: number) =>
    new KeptCandidates({
      store: rows,
      centring: NO_CENTRING,
      dimensions: 16,
      ...(mostRows === undefined ? {} : { mostRows }),
    });

  it('reads each candidate once as long as nothing changes', async () => {
    const rows = store();
    const kept = open(rows);
    await kept.rankBy([1, 2], 7, labelsIn);
    expect(await kept.rankBy([2, 3, 999], 7, labelsIn)).toEqual([1, 2, 3]);
    expect(rows.asked).toEqual([
      [1, 2],
      [3, 999],
    ]);
    expectVectors(await kept.rankBy([2], 7, similaritiesOf(2)), [502, 2, 102, rows.titleSeed(2, 7)]);
  });

  it('forgets what it kept when the store has changed', async () => {
    const rows = store();
    const kept = open(rows);
    await kept.rankBy([1, 2], 7, labelsIn);
    rows.state.generation = 8;
    expectVectors(await kept.rankBy([2], 8, similaritiesOf(2)), [502, 2, 102, rows.titleSeed(2, 8)]);
    expect(rows.asked).toEqual([[1, 2], [2]]);
  });

  it('keeps the words and the article of each candidate, and no rows for what it has not', async () => {
    const row = {
      label: 3,
      articleNumber: 44,
      language: 'ar' as const,
      passage: quantised(vectorOf(3)),
      sentences: null,
      title: null,
      terms: passageTerms('سوق قديم', ''),
    };
    const kept = new KeptCandidates({
      store: { rankingRows: async () => [row] },
      centring: NO_CENTRING,
      dimensions: 16,
    });
    const candidate = await kept.rankBy([3], 1, ({ candidates }) => candidates.get(3));
    expect(candidate).toMatchObject({ articleNumber: 44, language: 'ar', sentences: 0, titleRow: null });
    expect(candidate?.terms).toEqual(row.terms);
  });

  it('reads again what it was to forget, also while a search is reading', async () => {
    const rows = store();
    const kept = open(rows);
    await kept.rankBy([1, 2], 7, labelsIn);
    const reading = kept.rankBy([2, 3], 7, similaritiesOf(2));
    kept.forget();
    expectVectors(await reading, [502, 2, 102, rows.titleSeed(2, 7)]);
    expect(await kept.rankBy([2], 7, labelsIn)).toEqual([2, 3]);
    expect(rows.asked).toEqual([[1, 2], [3], [2, 3]]);
  });

  it('starts anew when it is full', async () => {
    const rows = store();
    const kept = open(rows, 10);
    await kept.rankBy([1, 2, 3], 7, labelsIn);
    expect(await kept.rankBy([3, 4], 7, labelsIn)).toEqual([3, 4]);
    expect(await kept.rankBy([4, 5], 7, labelsIn)).toEqual([3, 4, 5]);
    expect(rows.asked).toEqual([[1, 2, 3], [3, 4], [5]]);
    expectVectors(await kept.rankBy([5], 7, similaritiesOf(5)), [505, 5, 105, rows.titleSeed(5, 7)]);
  });

  it('gives each of many searches at once all of its candidates, whatever the others do', async () => {
    const rows = store();
    const kept = open(rows, 50);
    const searches = Array.from({ length: 60 }, async (_, i) => {
      await new Promise((resolve) => setTimeout(resolve, i % 7));
      if (i % 10 === 0) rows.state.generation += 1;
      const { generation } = rows.state;
      const labels = [i % 20, (i * 3) % 20, (i * 7) % 20];
      const found = await kept.rankBy(labels, generation, (ranking) =>
        labels.map((label) => similaritiesOf(label)(ranking)),
      );
      for (const [j, label] of labels.entries()) {
        expectVectors(found[j]!.slice(0, 3), [label + 500, label, label + 100]);
      }
    });
    await Promise.all(searches);
  });

  it('reads again what another search has made it forget meanwhile', async () => {
    const rows = store();
    const kept = open(rows);
    await kept.rankBy([1], 7, labelsIn);
    const slow = kept.rankBy([1, 2], 7, (ranking) => [1, 2].map((label) => similaritiesOf(label)(ranking)));
    rows.state.generation = 8;
    await kept.rankBy([5], 8, labelsIn);
    const [first, second] = await slow;
    expectVectors(first!, [501, 1, 101, rows.titleSeed(1, 8)]);
    expectVectors(second!, [502, 2, 102, rows.titleSeed(2, 8)]);
  });

  it('keeps nothing that was read before a change which another search has seen since', async () => {
    const rows = store();
    const kept = open(rows);
    const early = kept.rankBy([4], 7, similaritiesOf(4));
    rows.state.generation = 8;
    const late = kept.rankBy([5], 8, labelsIn);
    expectVectors(await early, [504, 4, 104, rows.titleSeed(4, 8)]);
    await late;
    expectVectors(await kept.rankBy([4], 8, similaritiesOf(4)), [504, 4, 104, rows.titleSeed(4, 8)]);
  });
});
