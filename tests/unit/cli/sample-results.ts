import type { EvaluationReport, QuestionReport } from '../../../src/cli/evaluation-report.js';
import type { EvaluationRun, ModeSummary, RunComparison } from '../../../src/cli/mode-reports.js';
import { asArticleId } from '../../../src/domain/article.js';
import { asPassageId } from '../../../src/domain/passage.js';
import type { IngestProgress, IngestReport } from '../../../src/ingest/ingest-report.js';
import type { SearchResult } from '../../../src/search/search-passages.js';
import type { SearchMode } from '../../../src/search/search-request.js';

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
      highlights: [{ start: arabicText.indexOf('القناة'), end: arabicText.indexOf('القناة') + 6 }],
      publishedAt: '2024-03-01',
      tags: [],
      source: 'corpus',
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
      highlights: [],
      publishedAt: null,
      tags: [],
      source: 'corpus',
    },
  ],
  total: 1_234,
  queryLanguage: 'ar',
  answerability: { answerable: true, probability: 0.8125 },
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

/** A mode in which all questions, which go one way, have these means; each interval is 0.01 to either side. */
export function sampleMode(
  mode: SearchMode,
  direction: string,
  means: Readonly<Record<string, number>>,
): ModeSummary {
  const intervals = Object.fromEntries(
    Object.entries(means).map(([name, mean]) => [name, { low: mean - 0.01, high: mean + 0.01 }]),
  );
  const summary = { questions: 2, means, intervals };
  return { mode, ...summary, directions: [{ direction, ...summary }] };
}

/** A run with one question that found two documents. */
export const sampleRun: EvaluationRun = {
  mode: 'hybrid',
  model_fingerprint: 'fake-model:1',
  program_version: '9.8.7',
  per_question: [
    {
      id: 'q0',
      ranking: [
        ['d1', 0.9],
        ['d2', 0.5],
      ],
    },
  ],
};

export const sampleComparison: RunComparison = {
  before: { mode: 'dense', model_fingerprint: 'fake-model:1', program_version: '9.8.7' },
  questions: 2,
  measures: [
    {
      name: 'ndcg@10',
      before: 0.5,
      after: 0.75,
      difference: 0.25,
      interval: { low: -0.1, high: 0.6 },
      better: 1,
      worse: 0,
      same: 1,
    },
  ],
  changedBy: 'ndcg@10',
  changedMost: [{ id: 'q1', direction: 'ar→en', before: 0, after: 0.5 }],
};

const sampleReports = {
  runs: [sampleRun],
  baseline: { set: 'set' },
  comparison: null,
  baselineCheck: null,
};

export const sampleEvaluation: EvaluationReport = {
  ...metrics,
  ...sampleReports,
  modes: [sampleMode('hybrid', 'ar→en', metrics)],
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
  ...sampleReports,
  modes: [sampleMode('hybrid', 'ar→ar', { 'hit@1': 0.5, 'hit@5': 1, 'mrr@10': 0.75 })],
  asked: 3,
  unanswerable: 1,
  withoutHits: 0,
  byDirection: { same: questionMetrics, across: null, either: null },
  answerableAuc: 0.9,
  medianTopScore: { answerable: 0.6, unanswerable: 0.2 },
  perQuestion: [{ id: 'q0', direction: 'same', firstRelevantRank: 1, topScore: 0.7 }],
};
