import type { EvaluationReport, QuestionReport } from '../../../src/cli/evaluation-report.js';
import { asArticleId } from '../../../src/domain/article.js';
import { asPassageId } from '../../../src/domain/passage.js';
import type { IngestProgress, IngestReport } from '../../../src/ingest/ingest-report.js';
import type { SearchResult } from '../../../src/search/search-passages.js';

const arabicText = 'بدأ الحفر عام 1859. افتتحت القناة عام 1869.';

/** One Arabic hit with everything, one English hit with little. */
export const sampleResult: SearchResult = {
  hits: [
    {
      id: asPassageId('canal-ar:0123456789'),
      articleId: asArticleId('canal-ar'),
      title: 'قناة السويس',
      url: 'https://archive.example/canal',
      language: 'ar',
      direction: 'rtl',
      text: arabicText,
      score: 0.75,
      bestSentence: { start: arabicText.indexOf('افتتحت'), end: arabicText.length },
      publishedAt: '2024-03-01',
    },
    {
      id: asPassageId('canal-en:9876543210'),
      articleId: asArticleId('canal-en'),
      title: 'The canal',
      url: null,
      language: 'en',
      direction: 'ltr',
      text: 'Digging began in 1859.\n\nIt was opened in 1869.',
      score: 0.5,
      bestSentence: { start: 24, end: 46 },
      publishedAt: null,
    },
  ],
  total: 1_234,
  queryLanguage: 'ar',
  indexGeneration: 7,
  modelFingerprint: 'fake-model:1',
};

export const sampleIngestReport: IngestReport = {
  added: 2,
  updated: 1,
  unchanged: 3,
  removed: 4,
  problems: [],
  passagesEmbedded: 20,
  textsEmbedded: 50,
  tookMs: 2_500,
};

export const lineProblem = {
  code: 'ARTICLE_LINE_INVALID',
  message: 'The line is not valid JSON.',
  details: { file: 'articles/news.jsonl', line: 12, maxBytes: 5 },
} as const;

export function ingestProgress(changes: Partial<IngestProgress>): IngestProgress {
  return {
    phase: 'embedding',
    articlesDone: 0,
    articlesTotal: 100,
    charactersDone: 0,
    charactersTotal: 1_000,
    passagesDone: 0,
    elapsedMs: 0,
    ...changes,
  };
}

const metrics = {
  'ndcg@10': 0.95,
  'mrr@10': 0.94,
  'recall@10': 0.99,
  'recall@100': 1,
  'hit@1': 0.9,
  'hit@5': 0.98,
};

export const sampleEvaluation: EvaluationReport = {
  ...metrics,
  queries: 3,
  documents: 2,
  passages: 5,
  tuningHalf: { ...metrics, queries: 2 },
  heldOutHalf: { ...metrics, 'ndcg@10': 0.8765, queries: 1 },
  queriesWithoutRelevant: 0,
  relevantNotInCorpus: 0,
  problems: [],
  perQuery: [
    { id: 'q0', firstRelevantRank: 1, ndcg: 1 },
    { id: 'q1', firstRelevantRank: null, ndcg: 0 },
  ],
};

const questionMetrics = { 'hit@1': 0.5, 'hit@5': 1, 'mrr@10': 0.75, questions: 2 };

export const sampleQuestionReport: QuestionReport = {
  ...questionMetrics,
  asked: 3,
  unanswerable: 1,
  withoutHits: 0,
  byDirection: { same: questionMetrics, across: null, either: null },
  answerableAuc: 0.9,
  medianTopScore: { answerable: 0.6, unanswerable: 0.2 },
  perQuestion: [{ id: 'q0', direction: 'same', firstRelevantRank: 1, topScore: 0.7 }],
};
