import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CANDIDATE_BLOCK,
  type CandidateSearch,
  findByVector,
  findByWords,
  joinLists,
} from '../../../src/search/find-candidates.js';
import { readQueryText } from '../../../src/search/query-terms.js';
import { openMemoryArticleStore } from '../../../src/storage/memory-article-store.js';
import { sketchArticle } from '../../contract/article-store-fixtures.js';

const FINGERPRINT = 'model-a';
const dense = (labels: readonly number[]) => labels.map((label) => ({ label, similarity: 0.5 }));
const words = (labels: readonly number[]) => labels.map((label) => ({ label, score: 1 }));
const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

/** Passages with labels from 1 on, and an index that notes what it is asked for. */
async function setUp(texts: readonly string[]) {
  const store = openMemoryArticleStore();
  await store.putArticle(sketchArticle({ id: 'a', texts, title: '', fingerprint: FINGERPRINT }));
  const asked: Array<Uint32Array | undefined> = [];
  const index = {
    dimensions: 12,
    size: async () => texts.length,
    search: async (_query: Float32Array, { labels }: { labels?: Uint32Array }) => {
      asked.push(labels);
      return dense(labels === undefined ? range(1, texts.length) : [...labels]);
    },
  };
  const searchFor = (query: string, given: Partial<CandidateSearch> = {}): CandidateSearch => ({
    store,
    index,
    fingerprint: FINGERPRINT,
    mode: 'hybrid',
    text: readQueryText(query),
    depth: CANDIDATE_BLOCK,
    labels: null,
    ...given,
  });
  return { searchFor, asked };
}
const TEXTS = ['old stone bridge', 'stone old bridge', 'a bridge of old stone', 'river'];
const QUERY = new Float32Array(12).fill(1);
const labelsOf = (matches: ReadonlyArray<{ label: number }>) => matches.map(({ label }) => label);

describe('findByWords', () => {
  it('finds what has one of the words, within what may be found', async () => {
    const { searchFor } = await setUp(TEXTS);
    const all = await findByWords(searchFor('stone bridges'));
    expect(labelsOf(all.matches).sort()).toEqual([1, 2, 3]);
    expect(all.holding).toBeNull();
    const narrowed = await findByWords(searchFor('stone bridges', { labels: Uint32Array.of(2, 4) }));
    expect(labelsOf(narrowed.matches)).toEqual([2]);
  });

  it('finds in mode hybrid what holds the quoted phrases first, and behind it what has one of the words', async () => {
    const { searchFor } = await setUp(TEXTS);
    const { matches, holding } = await findByWords(searchFor('"old stone" river'));
    expect(labelsOf(matches.slice(0, 2)).sort()).toEqual([1, 3]);
    expect(labelsOf(matches.slice(2)).sort()).toEqual([2, 4]);
    expect(holding).toEqual(new Set([1, 3]));
  });

  it('finds in mode keyword only what holds every quoted phrase', async () => {
    const { searchFor } = await setUp(TEXTS);
    const both = searchFor('"old stone" "stone bridge" river', { mode: 'keyword' });
    expect(labelsOf((await findByWords(both)).matches)).toEqual([1]);
    const none = await findByWords(searchFor('"bridge stone" river', { mode: 'keyword' }));
    expect(none).toEqual({ matches: [], holding: new Set() });
  });

  it.each(['hybrid', 'keyword'] as const)(
    'finds no phrase outside of what may be found (%s)',
    async (mode) => {
      const { searchFor } = await setUp(TEXTS);
      const { matches, holding } = await findByWords(
        searchFor('"old stone"', { mode, labels: Uint32Array.of(2, 3) }),
      );
      expect(labelsOf(matches)).toEqual(mode === 'keyword' ? [3] : [3, 2]);
      expect(holding).toEqual(new Set([3]));
    },
  );

  it('knows all that hold a phrase, also where they are more than candidates of a list', async () => {
    const { searchFor } = await setUp([...range(0, 130).map((i) => `old stone ${i}`), 'stone']);
    for (const mode of ['hybrid', 'keyword'] as const) {
      const { matches, holding } = await findByWords(searchFor('"old stone"', { mode }));
      expect(matches).toHaveLength(CANDIDATE_BLOCK);
      expect(labelsOf(matches)).not.toContain(131);
      expect(holding).toEqual(new Set(range(1, 130)));
    }
  });

  it('finds a phrase of stop words', async () => {
    const { searchFor } = await setUp(['to be or not to be', 'be not']);
    const { matches, holding } = await findByWords(searchFor('"to be or not to be"'));
    expect(labelsOf(matches)).toEqual([1]);
    expect(holding).toEqual(new Set([1]));
  });

  it('finds nothing in mode dense, where quotation marks mean nothing', async () => {
    const { searchFor } = await setUp(TEXTS);
    expect(await findByWords(searchFor('"old stone"', { mode: 'dense' }))).toEqual({
      matches: [],
      holding: null,
    });
  });
});

describe('findByVector', () => {
  it('asks the index within what may be found', async () => {
    const { searchFor, asked } = await setUp(TEXTS);
    expect(labelsOf(await findByVector(searchFor('stone'), QUERY))).toEqual([1, 2, 3, 4]);
    const labels = Uint32Array.of(2, 3);
    expect(labelsOf(await findByVector(searchFor('stone', { labels }), QUERY))).toEqual([2, 3]);
    expect(asked).toEqual([undefined, labels]);
  });

  it('asks nothing in mode keyword, without a vector, or when nothing may be found', async () => {
    const { searchFor, asked } = await setUp(TEXTS);
    expect(await findByVector(searchFor('stone', { mode: 'keyword' }), QUERY)).toEqual([]);
    expect(await findByVector(searchFor('stone'), null)).toEqual([]);
    expect(await findByVector(searchFor('stone', { labels: new Uint32Array(0) }), QUERY)).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('joinLists', () => {
  it('tells which lists found each', () => {
    const [block, ...more] = joinLists(dense([9, 2, 5]), words([5, 1]));
    expect(block).toEqual([
      { label: 9, foundBy: ['dense'], wordRank: -1 },
      { label: 2, foundBy: ['dense'], wordRank: -1 },
      { label: 5, foundBy: ['dense', 'keyword'], wordRank: 0 },
      { label: 1, foundBy: ['keyword'], wordRank: 1 },
    ]);
    expect(more).toEqual([]);
  });

  it('has no block for nothing found', () => {
    expect(joinLists([], [])).toEqual([]);
  });

  it('puts a passage into the first block in which either list has it', () => {
    const blocks = joinLists(dense(range(0, 150)), words([...range(200, 120), 0, 149]));
    expect(blocks).toHaveLength(2);
    const inBlock = (number: number, wanted: number) =>
      blocks[number]?.find(({ label }) => label === wanted) ?? null;
    expect(inBlock(0, 0)).toEqual({ label: 0, foundBy: ['dense'], wordRank: -1 });
    expect(inBlock(1, 0)).toBeNull();
    expect(inBlock(1, 149)).toEqual({ label: 149, foundBy: ['dense', 'keyword'], wordRank: 121 });
    expect(inBlock(1, 300)).toEqual({ label: 300, foundBy: ['keyword'], wordRank: 100 });
  });

  it('has every passage once, and the same first blocks however deep the lists are', () => {
    const list = fc.uniqueArray(fc.nat(600), { maxLength: 350 });
    fc.assert(
      fc.property(list, list, (byVector, byWords) => {
        const blocks = joinLists(dense(byVector), words(byWords));
        const labels = blocks.flatMap((block) => block.map(({ label }) => label));
        expect(labels).toHaveLength(new Set(labels).size);
        expect(new Set(labels)).toEqual(new Set([...byVector, ...byWords]));
        const shallow = joinLists(
          dense(byVector.slice(0, CANDIDATE_BLOCK)),
          words(byWords.slice(0, CANDIDATE_BLOCK)),
        );
        expect(shallow).toEqual(blocks.slice(0, 1));
      }),
    );
  });
});
