import { describe, expect, it } from 'vitest';
import { KeptResults } from '../../../src/search/kept-results.js';
import { readSearchFilter } from '../../../src/search/read-search-filter.js';
import type { SearchResult } from '../../../src/search/search-passages.js';
import { SEARCH_DEFAULTS, type SearchRequest } from '../../../src/search/search-request.js';
import { sizeOfResult } from '../../../src/search/size-of-result.js';
import { sampleExplanation, sampleResult } from '../http/sample-archive.js';

const MOON: SearchRequest = { ...SEARCH_DEFAULTS, query: 'moon' };

/** A store and an index whose states are numbers, and searches that are counted. */
function setUp(mostBytes = 1_000_000) {
  const state = { generation: 1, changes: 0 };
  const results = new KeptResults({
    store: { generation: async () => state.generation },
    index: { changes: async () => state.changes },
    mostBytes,
  });
  const found: SearchResult[] = [];
  const find = async () => {
    const result = { ...sampleResult, total: found.length, indexGeneration: state.generation };
    found.push(result);
    return result;
  };
  return { state, results, found, search: (request: SearchRequest) => results.of(request, find) };
}

describe('KeptResults', () => {
  it('searches once as long as nothing changes', async () => {
    const { results, found, search } = setUp();
    const first = await search(MOON);
    expect(await search({ ...MOON })).toBe(first);
    expect(found).toHaveLength(1);
    expect(results.figures()).toEqual({ hits: 1, misses: 1, entries: 1, sizeBytes: sizeOfResult(first) });
  });

  it('searches again for what it was to forget', async () => {
    const { results, found, search } = setUp();
    await search(MOON);
    results.forget();
    await search(MOON);
    expect(found).toHaveLength(2);
    expect(results.figures()).toMatchObject({ hits: 0, misses: 2, entries: 1 });
  });

  const before = readSearchFilter({ type: 'lt', key: 'published_at', value: '2024' }, 'filters');
  const after = readSearchFilter({ type: 'gt', key: 'published_at', value: '2024' }, 'filters');
  const others: ReadonlyArray<[string, Partial<SearchRequest>]> = [
    ['query', { query: 'Moon' }],
    ['limit', { limit: 11 }],
    ['offset', { offset: 10 }],
    ['mode', { mode: 'dense' }],
    ['languages', { languages: ['ar'] }],
    ['filters', { filters: before }],
    ['other filters', { filters: after }],
    ['group_by', { groupBy: 'article' }],
    ['diversity', { diversity: 0.5 }],
    ['explain', { explain: true }],
    ['evidence', { evidence: true }],
  ];
  it.each(others)('searches again for another %s, and keeps both', async (_, change) => {
    const { found, search } = setUp();
    const first = await search(MOON);
    const other = await search({ ...MOON, ...change });
    expect(other).not.toBe(first);
    expect(await search(MOON)).toBe(first);
    expect(await search({ ...MOON, ...change })).toBe(other);
    expect(found).toHaveLength(2);
  });

  it('takes requests for the same whatever the order of their fields', async () => {
    const { found, search } = setUp();
    await search({ ...SEARCH_DEFAULTS, query: 'moon', languages: ['ar'] });
    await search({ languages: ['ar'], query: 'moon', ...SEARCH_DEFAULTS });
    expect(found).toHaveLength(1);
  });

  it.each(['generation', 'changes'] as const)('forgets all when the %s has risen', async (name) => {
    const { state, results, found, search } = setUp();
    await search(MOON);
    state[name] += 1;
    const next = await search(MOON);
    expect(found).toHaveLength(2);
    expect(await search(MOON)).toBe(next);
    expect(results.figures()).toMatchObject({ hits: 1, misses: 2, entries: 1 });
  });

  it.each(['generation', 'changes'] as const)(
    'does not keep what was found while the %s rose: it may be of neither state',
    async (name) => {
      const { state, results } = setUp();
      const changing = async () => {
        state[name] += 1;
        return sampleResult;
      };
      expect(await results.of(MOON, changing)).toBe(sampleResult);
      expect(results.figures()).toMatchObject({ misses: 1, entries: 0 });
    },
  );

  it('does not keep what a search found in a state that another search has left behind', async () => {
    const { state, results, search } = setUp();
    let finish: (result: SearchResult) => void = () => {};
    const slow = results.of(MOON, () => new Promise((resolve) => (finish = resolve)));
    await new Promise(setImmediate);
    state.generation = 2;
    await search({ ...MOON, query: 'sun' });
    state.generation = 1; // not even when the number were to come back
    finish(sampleResult);
    await slow;
    expect(results.figures()).toMatchObject({ entries: 1 });
    state.generation = 2;
    expect((await search(MOON)).indexGeneration).toBe(2);
  });

  it('does not keep a failure', async () => {
    const { results, search } = setUp();
    await expect(results.of(MOON, () => Promise.reject(new Error('the model stopped')))).rejects.toThrow(
      'the model stopped',
    );
    expect(await search(MOON)).toMatchObject({ total: 0 });
  });

  it('keeps no more than it may, and lets go what was not asked for longest', async () => {
    const size = sizeOfResult(sampleResult);
    const { results, found, search } = setUp(2 * size);
    for (const query of ['a', 'b', 'a', 'c', 'a']) await search({ ...MOON, query });
    expect(found).toHaveLength(3);
    await search({ ...MOON, query: 'b' });
    expect(found).toHaveLength(4);
    expect(results.figures()).toMatchObject({ entries: 2, sizeBytes: 2 * size });
  });

  it('does not keep a result that is larger than all that may be kept', async () => {
    const { results, search } = setUp(sizeOfResult(sampleResult) - 1);
    await search(MOON);
    expect(results.figures()).toMatchObject({ entries: 0, sizeBytes: 0 });
  });
});

describe('sizeOfResult', () => {
  it('rises with the texts, the explanations, the vectors and the number of hits', () => {
    const [hit] = sampleResult.hits;
    const of = (hits: SearchResult['hits']) => sizeOfResult({ ...sampleResult, hits });
    const one = of([hit!]);
    expect(of([hit!, hit!]) - one).toBeGreaterThan(2 * hit!.text.length);
    expect(of([{ ...hit!, text: `${hit!.text}${'x'.repeat(1_000)}` }]) - one).toBe(2_000);
    expect(of([{ ...hit!, explanation: sampleExplanation }]) - one).toBeGreaterThan(200);
    const sentence = { start: 0, end: 5, similarity: 1, beyondTitle: 1, vector: new Float32Array(384) };
    const evidence = { beyondTitle: 1, sentences: [sentence, sentence] };
    expect(of([{ ...hit!, evidence }]) - one).toBeGreaterThan(2 * 1_536);
  });
});
