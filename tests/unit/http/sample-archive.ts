import { asArticleId } from '../../../src/domain/article.js';
import { asPassageId } from '../../../src/domain/passage.js';
import type { Explanation } from '../../../src/domain/ranked-passage.js';
import type { RelatedResult } from '../../../src/search/find-related-passages.js';
import type { SearchResult } from '../../../src/search/search-passages.js';
import type { ArticleSummary, StoredArticle } from '../../../src/storage/article-store.js';

const text = 'النوم يثبّت الذاكرة. من يسهر قبل الامتحان ينسى ما حفظه.';
const secondSentence = { start: text.indexOf('من'), end: text.length };

/** One Arabic hit with a link and a date, one English hit without either. */
export const sampleResult: SearchResult = {
  hits: [
    {
      id: asPassageId('ar/sleep:0123456789'),
      articleId: asArticleId('ar/sleep'),
      title: 'النوم والذاكرة',
      url: 'https://archive.example/ar/sleep',
      language: 'ar',
      direction: 'rtl',
      text,
      score: 0.75,
      bestSentence: secondSentence,
      highlights: [{ start: 0, end: 5 }],
      publishedAt: '2024-03-01',
      tags: ['health', 'نوم'],
      source: 'corpus',
    },
    {
      id: asPassageId('en/sleep:9876543210'),
      articleId: asArticleId('en/sleep'),
      title: 'Sleep and memory',
      url: null,
      language: 'en',
      direction: 'ltr',
      text: 'Sleep fixes memories.',
      score: 0.5,
      bestSentence: { start: 0, end: 21 },
      highlights: [],
      publishedAt: null,
      tags: [],
      source: 'corpus',
    },
  ],
  total: 42,
  queryLanguage: 'ar',
  answerability: { answerable: true, probability: 0.8125 },
  indexGeneration: 7,
  modelFingerprint: 'fake-model:1',
};

/** The hits of the search, the first as a version of the same story. */
export const sampleRelated: RelatedResult = {
  passageId: asPassageId('en/sleep/notes:1111111111'),
  hits: sampleResult.hits.map((hit, position) => ({ ...hit, sameStory: position === 0 })),
  indexGeneration: 7,
  modelFingerprint: 'fake-model:1',
};

export const sampleExplanation: Explanation = {
  foundBy: ['dense', 'keyword'],
  parts: [
    { feature: 'passage', value: 0.8, weight: 0.5, share: 0.4 },
    { feature: 'words', value: 1.4, weight: 0.25, share: 0.35 },
  ],
  queryTokens: [{ text: 'النوم', stem: 'نوم', stopWord: false }],
};

export const sampleArticle: StoredArticle = {
  id: asArticleId('ar/نوم sleep'),
  title: 'النوم والذاكرة',
  url: null,
  language: 'ar',
  publishedAt: '2024-03-01',
  tags: ['health', 'نوم'],
  source: 'corpus',
  origin: { file: 'ar/sleep.md', line: 3 },
  passages: [
    {
      id: asPassageId('ar/نوم sleep:0123456789'),
      articleId: asArticleId('ar/نوم sleep'),
      ordinal: 0,
      text,
      language: 'ar',
      sentences: [{ start: 0, end: 20 }, secondSentence],
    },
  ],
  dropped: [{ reason: 'share', text: 'شارك المقال', line: 9 }],
  updatedAt: '2025-01-02T03:04:05.000Z',
};

const { passages, origin: _, dropped: __, ...heading } = sampleArticle;

export const sampleSummary: ArticleSummary = { ...heading, passages: passages.length };
