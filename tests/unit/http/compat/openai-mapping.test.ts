import { describe, expect, test } from 'vitest';
import { asPassageId } from '../../../../src/domain/passage.js';
import { attributesOf } from '../../../../src/http/compat/openai/attributes-of.js';
import { mergeHits } from '../../../../src/http/compat/openai/merge-hits.js';
import { vectorSearchBodySchema } from '../../../../src/http/compat/openai/read-vector-search-body.js';
import { toEmbeddingsReply } from '../../../../src/http/compat/openai/to-embeddings-reply.js';
import { withWrittenDates } from '../../../../src/http/compat/openai/with-written-dates.js';
import { sampleResult } from '../sample-archive.js';

const [hit] = sampleResult.hits;

describe('attributesOf', () => {
  test('has every key that filters have, and few enough', () => {
    expect(attributesOf(hit!)).toEqual({
      passage_id: 'ar/sleep:0123456789',
      article_id: 'ar/sleep',
      title: 'النوم والذاكرة',
      url: 'https://archive.example/ar/sleep',
      language: 'ar',
      published_at: '2024-03-01',
      source: 'corpus',
      tags: 'health, نوم',
    });
  });

  test('leaves out what is longer than an attribute may be', () => {
    const long = { ...hit!, title: 'x'.repeat(512), url: `https://a.example/${'x'.repeat(512)}` };
    expect(attributesOf(long)).toHaveProperty('title');
    expect(attributesOf(long)).not.toHaveProperty('url');
  });
});

describe('mergeHits', () => {
  const scored = (id: string, score: number) => ({ ...hit!, id: asPassageId(id), score });

  test('keeps the best score of each passage, and the best passages', () => {
    const merged = mergeHits(
      [
        [scored('a', 0.9), scored('b', 0.3)],
        [scored('c', 0.5), scored('b', 0.4), scored('a', 0.1)],
      ],
      3,
    );
    expect(merged.map(({ id, score }) => [id, score])).toEqual([
      ['a', 0.9],
      ['c', 0.5],
      ['b', 0.4],
    ]);
    expect(mergeHits([merged], 2)).toHaveLength(2);
  });

  test('leaves the order of equal scores as it was', () => {
    const merged = mergeHits([[scored('b', 0.5)], [scored('a', 0.5)]], 10);
    expect(merged.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

describe('the filters of a vector search', () => {
  const allows = (filters: unknown) => vectorSearchBodySchema.safeParse({ query: 'x', filters }).success;

  test('are documented with dates as they are read: as text or as seconds, and only dates so', () => {
    const group = (filter: unknown) => ({ type: 'and', filters: [filter] });
    for (const value of ['2024', 1_709_251_200]) {
      expect(allows(group({ type: 'gte', key: 'published_at', value }))).toBe(true);
      expect(allows(group({ type: 'in', key: 'published_at', value: [value] }))).toBe(true);
    }
    expect(allows(group({ type: 'eq', key: 'tags', value: 5 }))).toBe(false);
    expect(allows(group({ type: 'in', key: 'tags', value: [5] }))).toBe(false);
  });
});

describe('withWrittenDates', () => {
  const on = (value: unknown, key = 'published_at') => ({ type: 'gte', key, value });

  test('writes seconds as dates, however deep', () => {
    const filter = { type: 'and', filters: [on(1_709_251_200), { type: 'or', filters: [on([0, '2024'])] }] };
    expect(withWrittenDates(filter)).toEqual({
      type: 'and',
      filters: [
        on('2024-03-01T00:00:00.000Z'),
        { type: 'or', filters: [on(['1970-01-01T00:00:00.000Z', '2024'])] },
      ],
    });
  });

  test.each([
    [on(5, 'tags')],
    [on(1e300)],
    [on(-1e12)],
    [on(true)],
    ['tags=x'],
    [null],
    [{ type: 'and', filters: 'x' }],
  ])('leaves %j to be refused', (filter) => {
    expect(withWrittenDates(filter)).toEqual(filter);
  });

  test('does not walk down without end', () => {
    let filter: unknown = on(0);
    for (let depth = 0; depth < 100_000; depth += 1) filter = { type: 'and', filters: [filter] };
    expect(() => withWrittenDates(filter)).not.toThrow();
  });
});

describe('toEmbeddingsReply', () => {
  test('writes base64 as 32-bit floats, little-endian', () => {
    const embedded = { embeddings: [Float32Array.of(1, -0.5)], tokens: 3 };
    const { data } = toEmbeddingsReply(embedded, { model: 'm', format: 'base64' });
    expect(Buffer.from(String(data[0]?.embedding), 'base64').toString('hex')).toBe('0000803f000000bf');
  });
});
