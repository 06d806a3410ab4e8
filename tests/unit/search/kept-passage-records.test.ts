import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import { asPassageId } from '../../../src/domain/passage.js';
import { KeptPassageRecords } from '../../../src/search/kept-passage-records.js';
import type { PassageRecord } from '../../../src/storage/article-store.js';

/** A store of passages 1–99 that notes what it is asked for. */
function setUp(mostRecords?: number) {
  const asked: number[][] = [];
  let title = 'old title';
  const passageRecords = async (labels: readonly number[]): Promise<PassageRecord[]> => {
    asked.push([...labels]);
    return labels
      .filter((label) => label < 100)
      .map((label) => ({
        label,
        passage: {
          id: asPassageId(`p${label}`),
          articleId: asArticleId('a'),
          ordinal: label,
          language: 'en',
          text: `Passage ${label}.`,
          sentences: [],
        },
        title,
        url: null,
        publishedAt: null,
        tags: [],
        source: 'corpus',
      }));
  };
  const retitle = () => {
    title = 'new title';
  };
  return { asked, retitle, records: new KeptPassageRecords({ passageRecords }, mostRecords) };
}

describe('KeptPassageRecords', () => {
  it('reads each passage once as long as nothing changes', async () => {
    const { asked, records } = setUp();
    await records.of([1, 2], 7);
    expect((await records.of([2, 3], 7)).get(2)?.passage.text).toBe('Passage 2.');
    expect(asked).toEqual([[1, 2], [3]]);
  });

  it('shows what the store says now when that has changed', async () => {
    const { retitle, records } = setUp();
    await records.of([1], 7);
    retitle();
    expect((await records.of([1], 8)).get(1)?.title).toBe('new title');
  });

  it('reads again what it was to forget', async () => {
    const { asked, records } = setUp();
    await records.of([1], 7);
    records.forget();
    expect((await records.of([1], 7)).get(1)?.passage.text).toBe('Passage 1.');
    expect(asked).toEqual([[1], [1]]);
  });

  it('leaves out what is gone', async () => {
    const { records } = setUp();
    expect([...(await records.of([1, 999], 7)).keys()]).toEqual([1]);
  });

  it('starts anew when it holds too much, and gives every search all that it asked for', async () => {
    const { asked, records } = setUp(2);
    const [first, second] = await Promise.all([records.of([1, 2, 3], 7), records.of([4, 5], 7)]);
    expect([...first.keys()]).toEqual(expect.arrayContaining([1, 2, 3]));
    expect([...second.keys()]).toEqual(expect.arrayContaining([4, 5]));
    expect((await records.of([6], 7)).size).toBe(1);
    expect(asked).toEqual([[1, 2, 3], [4, 5], [6]]);
  });
});
