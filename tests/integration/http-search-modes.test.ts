import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchReply } from '../../src/search/search-reply.js';
import { SEARCH_DEFAULTS, SEARCH_MODES, type SearchRequest } from '../../src/search/search-request.js';
import { startTestServer, type TestServer } from '../unit/http/start-test-server.js';
import { openSearchArchive } from '../unit/search/search-archive.js';

let service: TestServer;

beforeAll(async () => {
  const archive = await openSearchArchive([
    {
      id: 'bridges-en',
      title: 'Bridges',
      texts: [
        'The river is wide. An old stone bridge crosses it since 1566.',
        'Stone was cut in the hills. Old masons built each bridge with it.',
        'Fishermen mend their nets at dawn.',
      ],
    },
    {
      id: 'bridges-ar',
      title: 'الجسور',
      language: 'ar',
      texts: ['النهر عريض. عَبَرَهُ الجِسْرُ القديم منذ ١٥٦٦.', 'يصلح الصيادون شباكهم عند الفجر.'],
    },
  ]);
  service = await startTestServer({
    search: (request, run) => archive.search({ ...SEARCH_DEFAULTS, ...request }, run),
  });
});
afterAll(() => service.server.close(1_000));

type Body = Partial<Omit<SearchRequest, 'groupBy'>> & { query: string; group_by?: 'article' };

async function search(body: Body): Promise<SearchReply> {
  const response = await fetch(`${service.url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as SearchReply;
}

type ReplyHit = SearchReply['hits'][number];

const markedIn = ({ text, highlights }: ReplyHit) =>
  highlights.map(({ start, end }) => text.slice(start, end));
const bestIn = ({ text, best_sentence: { start, end } }: ReplyHit) => text.slice(start, end);

describe('a search over HTTP', () => {
  test('finds by meaning and words, by meaning alone, or by words alone', async () => {
    const query = 'the old bridge';
    const found = async (mode: SearchRequest['mode']) =>
      (await search({ query, mode, explain: true })).hits.map(({ id, explanation }) => ({
        id,
        foundBy: explanation?.found_by.join(' '),
      }));
    expect(await found('hybrid')).toHaveLength(5);
    expect(new Set((await found('dense')).map(({ foundBy }) => foundBy))).toEqual(new Set(['dense']));
    const byWords = await found('keyword');
    expect(new Set(byWords.map(({ foundBy }) => foundBy))).toEqual(new Set(['keyword']));
    expect(byWords.every(({ id }) => id.startsWith('bridges-en'))).toBe(true);
    expect(await search({ query })).toMatchObject({ hits: (await search({ query, mode: 'hybrid' })).hits });
  });

  test.each(SEARCH_MODES)('explains every score by features that add up to it (%s)', async (mode) => {
    const { hits } = await search({ query: 'the old bridge of 1566', mode, explain: true });
    expect(hits.length).toBeGreaterThan(1);
    for (const { score, explanation } of hits) {
      const { features, query_tokens: tokens } = explanation!;
      for (const { value, weight, share } of features) expect(share).toBeCloseTo(value * weight, 12);
      expect(features.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(score, 12);
      expect(tokens).toEqual([
        { text: 'the', stem: 'the', stop_word: true },
        { text: 'old', stem: 'old', stop_word: false },
        { text: 'bridge', stem: 'bridg', stop_word: false },
        { text: 'of', stem: 'of', stop_word: true },
        { text: '1566', stem: '1566', stop_word: false },
      ]);
    }
  });

  test('explains nothing unless it is asked to', async () => {
    for (const hit of (await search({ query: 'bridge' })).hits) expect(hit).not.toHaveProperty('explanation');
  });

  test('marks the words of the question in the untouched text', async () => {
    const { hits } = await search({ query: 'الجسر القديم عام 1566', languages: ['ar'] });
    expect(hits[0]?.text).toBe('النهر عريض. عَبَرَهُ الجِسْرُ القديم منذ ١٥٦٦.');
    expect(markedIn(hits[0]!)).toEqual(['الجِسْرُ', 'القديم', '١٥٦٦']);
    expect(bestIn(hits[0]!)).toBe('عَبَرَهُ الجِسْرُ القديم منذ ١٥٦٦.');
    const english = await search({ query: 'الجسر القديم عام 1566', languages: ['en'] });
    expect(english.hits.map(markedIn)).toEqual([[], [], []]);
  });

  test('finds with a quoted phrase what holds it first, in mode keyword nothing else', async () => {
    for (const mode of ['hybrid', 'keyword'] as const) {
      const { hits, total } = await search({ query: 'who built the "old stone bridge"?', mode });
      expect(hits).toHaveLength(mode === 'hybrid' ? 5 : 1);
      expect(markedIn(hits[0]!)).toEqual(['old stone bridge']);
      expect(bestIn(hits[0]!)).toBe('An old stone bridge crosses it since 1566.');
      expect(total).toBe(5);
    }
    const found = async (mode: SearchRequest['mode']) =>
      (await search({ query: '"stone old bridge"', mode })).hits.length;
    expect([await found('hybrid'), await found('dense'), await found('keyword')]).toEqual([5, 5, 0]);
  });

  test('explains by the feature phrases which hit holds the quoted phrase', async () => {
    const { hits } = await search({ query: '"old stone bridge"', languages: ['en'], explain: true });
    const phrases = hits.map(
      ({ explanation }) => explanation?.features.find(({ name }) => name === 'phrases')?.value,
    );
    expect(phrases).toEqual([1, 0, 0]);
  });

  test('judges whether there is an answer, but not by words alone', async () => {
    const judged = await search({ query: 'An old stone bridge crosses it' });
    expect(judged.answerable).toBeTypeOf('boolean');
    expect(judged.answer_probability).toBeGreaterThan(0);
    expect(judged.answer_probability).toBeLessThan(1);
    expect(await search({ query: 'bridge', mode: 'keyword' })).toMatchObject({
      answerable: null,
      answer_probability: null,
    });
  });

  test('groups by article, with an explanation of the best passage', async () => {
    const { hits } = await search({ query: 'old bridge', group_by: 'article', explain: true });
    expect(hits.map(({ group }) => group?.count)).toEqual([3, 2]);
    for (const { explanation } of hits) expect(explanation?.features.length).toBeGreaterThan(0);
  });
});
