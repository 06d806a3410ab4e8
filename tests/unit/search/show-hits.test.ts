import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import { asPassageId } from '../../../src/domain/passage.js';
import { readQueryText } from '../../../src/search/query-terms.js';
import { rankCandidates } from '../../../src/search/rank-candidates.js';
import type { SearchRequest } from '../../../src/search/search-request.js';
import { type Hit, showHits, shownLabels } from '../../../src/search/show-hits.js';
import type { PassageRecord } from '../../../src/storage/article-store.js';
import { detectLanguage } from '../../../src/text/detect-language.js';
import { spansOf } from '../../contract/article-store-fixtures.js';
import { featuresOf } from './candidate-sketches.js';
import { WEIGHTS } from './search-dependencies.js';

function recordOf(label: number, text: string): PassageRecord {
  return {
    label,
    passage: {
      id: asPassageId(`a:${label}`),
      articleId: asArticleId('a'),
      ordinal: 0,
      language: detectLanguage(text),
      text,
      sentences: spansOf(text),
    },
    title: 'Title',
    url: 'https://archive.example/a',
    publishedAt: '2024-03-01',
    tags: ['one'],
    source: 'corpus',
  };
}

function candidateOf(label: number, given: Parameters<typeof featuresOf>[0] = {}) {
  const [ranked] = rankCandidates([featuresOf({ ...given, label })], {
    mode: 'hybrid',
    queryLanguage: 'en',
    weights: WEIGHTS,
    isFirst: true,
    cosines: () => [],
  });
  return ranked!;
}

function show(
  hits: readonly Hit[],
  records: readonly PassageRecord[],
  request: Pick<SearchRequest, 'query'> & Partial<SearchRequest>,
) {
  return showHits(hits, new Map(records.map((record) => [record.label, record])), {
    request: { mode: 'hybrid', explain: false, ...request },
    text: readQueryText(request.query),
    queryLanguage: detectLanguage(request.query),
  });
}

const alone = (label: number, given: Parameters<typeof featuresOf>[0] = {}): Hit => ({
  candidate: candidateOf(label, given),
  group: null,
});
const TEXT = 'The river is wide. An old stone bridge crosses it. Nobody fishes.';

describe('showHits', () => {
  it('shows the passage untouched, with what its article says', () => {
    const [hit] = show([alone(1)], [recordOf(1, TEXT)], { query: 'bridge' });
    expect(hit).toMatchObject({
      id: 'a:1',
      articleId: 'a',
      title: 'Title',
      url: 'https://archive.example/a',
      language: 'en',
      direction: 'ltr',
      text: TEXT,
      publishedAt: '2024-03-01',
      score: candidateOf(1).score,
    });
    expect(hit).not.toHaveProperty('explanation');
    expect(hit).not.toHaveProperty('group');
    expect(show([alone(2)], [recordOf(2, 'نص عربي')], { query: 'bridge' })[0]?.direction).toBe('rtl');
  });

  it('marks the words of the question, and none where the passage is in the other language', () => {
    const highlights = (query: string) => {
      const [hit] = show([alone(1)], [recordOf(1, TEXT)], { query });
      return hit!.highlights.map(({ start, end }) => TEXT.slice(start, end));
    };
    expect(highlights('bridges of stone')).toEqual(['stone', 'bridge']);
    expect(highlights('"old stone bridge"')).toEqual(['old stone bridge']);
    expect(highlights('ما هو الجسر bridge القديم')).toEqual([]);
    expect(highlights('where is it')).toEqual([]);
  });

  it('shows the sentence that is nearest to the question', () => {
    const [hit] = show([alone(1, { sentenceIndex: 2 })], [recordOf(1, TEXT)], { query: 'bridge' });
    expect(TEXT.slice(hit!.bestSentence.start, hit!.bestSentence.end)).toBe('Nobody fishes.');
  });

  it('shows in mode keyword the sentence with most words of the question', () => {
    const [hit] = show([alone(1)], [recordOf(1, TEXT)], { query: 'stone bridge', mode: 'keyword' });
    expect(TEXT.slice(hit!.bestSentence.start, hit!.bestSentence.end)).toBe(
      'An old stone bridge crosses it.',
    );
  });

  it('shows the whole passage when there is no such sentence', () => {
    const [hit] = show([alone(1, { sentenceIndex: 9 })], [recordOf(1, TEXT)], { query: 'bridge' });
    expect(hit?.bestSentence).toEqual({ start: 0, end: TEXT.length });
  });

  it.each(['en', 'ar'] as const)('explains a score by parts that add up to it (%s)', (language) => {
    const hits = [alone(1, { language, foundBy: ['dense', 'keyword'] })];
    const [hit] = show(hits, [recordOf(1, TEXT)], { query: 'The bridges', explain: true });
    const { foundBy, parts, queryTokens } = hit!.explanation!;
    expect(foundBy).toEqual(['dense', 'keyword']);
    expect(parts.reduce((sum, { share }) => sum + share, 0)).toBe(hit!.score);
    expect(queryTokens).toEqual([
      { text: 'The', stem: 'the', stopWord: true },
      { text: 'bridges', stem: 'bridg', stopWord: false },
    ]);
  });

  it('leaves out what was removed between ranking and showing', () => {
    const hits = [alone(1), alone(2), alone(3)];
    const shown = show(hits, [recordOf(3, 'c'), recordOf(1, 'a')], { query: 'bridge' });
    expect(shown.map(({ text }) => text)).toEqual(['a', 'c']);
  });

  it('names the others of a group that are still there, and counts all', () => {
    const [best, second, third] = [candidateOf(1), candidateOf(2), candidateOf(3)];
    const hits = [{ candidate: best, group: { best, count: 5, others: [second, third] } }];
    expect(shownLabels(hits)).toEqual([1, 2, 3]);
    const [hit] = show(hits, [recordOf(1, TEXT), recordOf(3, 'c')], { query: 'bridge' });
    expect(hit?.group).toEqual({ count: 5, others: [{ id: 'a:3', score: third.score }] });
  });
});
