import { describe, expect, it } from 'vitest';
import { CachingEmbedder } from '../../../src/embedding/caching-embedder.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { RecordedStages } from '../../../src/telemetry/search-stages.js';
import { SlowEmbedder } from './slow-embedder.js';

function caching(mostEntries = 100) {
  const inner = new FakeEmbedder({ dimensions: 8 });
  return { inner, cached: new CachingEmbedder(inner, { mostEntries }) };
}

function cachingSlow() {
  const inner = new SlowEmbedder({ dimensions: 8 });
  return { inner, cached: new CachingEmbedder(inner, { mostEntries: 100 }) };
}

describe('CachingEmbedder', () => {
  it('embeds a query once and gives the same vector again', async () => {
    const { inner, cached } = caching();
    const first = await cached.embedQueries(['نوم']);
    expect(await cached.embedQueries(['نوم'])).toEqual(first);
    expect(first).toEqual(await new FakeEmbedder({ dimensions: 8 }).embedQueries(['نوم']));
    expect(inner.embeddedTexts).toBe(1);
    expect(cached.figures()).toEqual({ hits: 1, misses: 1, entries: 1, sizeBytes: 32 });
  });

  it('embeds again what it was to forget', async () => {
    const { inner, cached } = caching();
    const first = await cached.embedQueries(['نوم']);
    cached.forget();
    expect(await cached.embedQueries(['نوم'])).toEqual(first);
    expect(inner.embeddedTexts).toBe(2);
  });

  it('takes spellings for the same query that are the same to the model', async () => {
    const { inner, cached } = caching();
    await cached.embedQueries(['كيف  نَنام؟']);
    await cached.embedQueries([' كيف ننـام؟\u200f']);
    expect(inner.embeddedTexts).toBe(1);
    await cached.embedQueries(['كيف تنام؟']);
    expect(inner.embeddedTexts).toBe(2);
  });

  it('gives every caller a vector of its own', async () => {
    const { cached } = caching();
    const [first] = await cached.embedQueries(['moon']);
    const before = first!.slice();
    first!.fill(0);
    const [second] = await cached.embedQueries(['moon']);
    expect(second).toEqual(before);
    second!.fill(0);
    expect(await cached.embedQueries(['moon'])).toEqual([before]);
  });

  it('keeps the order of several queries, known and unknown, and embeds those that are unknown', async () => {
    const { inner, cached } = caching();
    await cached.embedQueries(['b']);
    const vectors = await cached.embedQueries(['a', 'b', 'a']);
    expect(vectors).toEqual(await new FakeEmbedder({ dimensions: 8 }).embedQueries(['a', 'b', 'a']));
    expect(inner.embeddedTexts).toBe(2);
    expect(await cached.embedQueries([])).toEqual([]);
  });

  it('lets the query go that was not asked for longest', async () => {
    const { inner, cached } = caching(2);
    for (const text of ['a', 'b', 'a', 'c', 'a']) await cached.embedQueries([text]);
    expect(inner.embeddedTexts).toBe(3);
    await cached.embedQueries(['b']);
    expect(inner.embeddedTexts).toBe(4);
    expect(cached.figures()).toMatchObject({ entries: 2, sizeBytes: 64 });
  });

  it('passes passages through: they are not asked for again', async () => {
    const { inner, cached } = caching();
    await cached.embedPassages(['a']);
    await cached.embedPassages(['a']);
    expect(inner.embeddedTexts).toBe(2);
    expect(cached.figures()).toMatchObject({ hits: 0, misses: 0, entries: 0 });
  });

  it('promises what the other embedder promises', async () => {
    const { inner, cached } = caching();
    const { fingerprint, dimensions, maxInputTokens, maxBatchSize } = inner;
    expect(cached).toMatchObject({ fingerprint, dimensions, maxInputTokens, maxBatchSize });
    expect(await cached.countTokens(['one two'])).toEqual(await inner.countTokens(['one two']));
  });

  it('makes equal queries wait for one embedding', async () => {
    const { inner, cached } = cachingSlow();
    const asked = [
      cached.embedQueries(['moon']),
      cached.embedQueries(['moon']),
      cached.embedQueries(['moon']),
    ];
    expect(inner.waiting).toHaveLength(1);
    inner.waiting[0]!.answer();
    const [first, ...others] = await Promise.all(asked);
    for (const other of others) expect(other).toEqual(first);
    expect(cached.figures()).toMatchObject({ hits: 2, misses: 1, entries: 1 });
  });

  it('tells those who wait with others how long they waited', async () => {
    const { inner, cached } = cachingSlow();
    const stages = new RecordedStages();
    const first = cached.embedQueries(['moon']);
    const second = cached.embedQueries(['moon'], undefined, stages);
    inner.waiting[0]!.answer();
    await Promise.all([first, second]);
    expect(stages.times.map(({ stage }) => stage)).toEqual(['embed_wait']);
  });

  it('does not keep a failure: everybody who waited hears it, and the next call tries again', async () => {
    const { inner, cached } = cachingSlow();
    const asked = [cached.embedQueries(['moon']), cached.embedQueries(['moon'])];
    inner.waiting[0]!.fail(new Error('the model stopped'));
    for (const call of asked) await expect(call).rejects.toThrow('the model stopped');
    const again = cached.embedQueries(['moon']);
    expect(inner.waiting).toHaveLength(2);
    inner.waiting[1]!.answer();
    expect(await again).toHaveLength(1);
    expect(cached.figures()).toMatchObject({ misses: 2, entries: 1 });
  });

  it('lets one caller leave without taking the embedding from the others', async () => {
    const { inner, cached } = cachingSlow();
    const leaving = new AbortController();
    const first = cached.embedQueries(['moon'], leaving.signal);
    const second = cached.embedQueries(['moon'], new AbortController().signal);
    leaving.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(inner.waiting[0]!.signal!.aborted).toBe(false);
    inner.waiting[0]!.answer();
    expect(await second).toHaveLength(1);
  });

  it('stops the embedding when the last caller has left, and begins anew for who comes then', async () => {
    const { inner, cached } = cachingSlow();
    const leaving = [new AbortController(), new AbortController()];
    const left = leaving.map(({ signal }) => cached.embedQueries(['moon'], signal));
    for (const controller of leaving) controller.abort(new Error('gone'));
    for (const call of left) await expect(call).rejects.toThrow('gone');
    const [stopped] = inner.waiting;
    expect(stopped!.signal!.aborted).toBe(true);

    const late = [cached.embedQueries(['moon']), cached.embedQueries(['moon'])];
    expect(inner.waiting).toHaveLength(2);
    // The model stops only now; that must not make the new embedding forgotten.
    stopped!.fail(new Error('cancelled'));
    await new Promise(setImmediate);
    late.push(cached.embedQueries(['moon']));
    expect(inner.waiting).toHaveLength(2);
    inner.waiting[1]!.answer();
    for (const call of late) expect(await call).toHaveLength(1);
    expect(cached.figures()).toMatchObject({ hits: 3, misses: 2, entries: 1 });
  });

  it('asks nothing for a caller that has left before', async () => {
    const { inner, cached } = cachingSlow();
    await expect(cached.embedQueries(['moon'], AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(inner.waiting).toHaveLength(0);
  });
});
