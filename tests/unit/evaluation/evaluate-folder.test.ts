import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as shown from '../../../src/cli/evaluation-report.js';
import type { SourceItem } from '../../../src/corpus/article-source.js';
import {
  type EvaluationDependencies,
  type EvaluationProgress,
  type EvaluationReport,
  evaluateFolder,
  PASSAGE_DEPTH,
} from '../../../src/evaluation/evaluate-folder.js';
import type { IngestProgress, IngestReport } from '../../../src/ingest/ingest-report.js';
import { beirFiles, linesInMemory } from './lines-in-memory.js';

const indexed: IngestReport = {
  added: 3,
  updated: 0,
  unchanged: 0,
  removed: 0,
  problems: [],
  passagesEmbedded: 4,
  textsEmbedded: 9,
  tookMs: 100,
};

const threeQueries = beirFiles({
  corpus: [
    { _id: 'd1', title: '', text: 'One.' },
    { _id: 'd2', title: ' العنوان ', text: 'Two.' },
    { _id: 'd3', text: '' },
  ],
  queries: [
    { _id: 'q0', text: 'zero?' },
    { _id: 'q1', text: 'one?' },
    { _id: 'q2', text: 'two?' },
  ],
  qrels: ['query-id\tcorpus-id\tscore', 'q0\td1\t1', 'q1\td2\t1', 'q2\td3\t1'],
});

/** Every query finds two passages of d1, then one of d2. */
function fakes(report: IngestReport = indexed) {
  const items: SourceItem[] = [];
  const asked: Array<[string, number]> = [];
  const dependencies: EvaluationDependencies = {
    ingest: async (source, onProgress) => {
      for await (const item of source.articles()) items.push(item);
      onProgress(ingestProgress);
      return report;
    },
    search: async (query, depth) => {
      asked.push([query, depth]);
      return [
        { articleId: 'd1', score: 0.9 },
        { articleId: 'd1', score: 0.8 },
        { articleId: 'd2', score: 0.7 },
      ];
    },
    readLines: linesInMemory(threeQueries),
  };
  return { dependencies, items, asked };
}

const ingestProgress: IngestProgress = {
  phase: 'embedding',
  articlesDone: 1,
  articlesTotal: 3,
  charactersDone: 4,
  charactersTotal: 8,
  passagesDone: 1,
  elapsedMs: 5,
};

describe('evaluateFolder', () => {
  it('indexes each document as an article with its id, its title unless blank, and its place', async () => {
    const { dependencies, items } = fakes();
    await evaluateFolder('set', dependencies, () => {});
    expect(items).toEqual([
      {
        kind: 'article',
        article: { id: 'd1', text: 'One.', tags: [], origin: { file: 'set/corpus.jsonl', line: 1 } },
      },
      {
        kind: 'article',
        article: {
          id: 'd2',
          title: ' العنوان ',
          text: 'Two.',
          tags: [],
          origin: { file: 'set/corpus.jsonl', line: 2 },
        },
      },
      {
        kind: 'article',
        article: { id: 'd3', text: '', tags: [], origin: { file: 'set/corpus.jsonl', line: 3 } },
      },
    ]);
  });

  it('asks every query deep enough and measures documents, not passages', async () => {
    const { dependencies, asked } = fakes();
    const report = await evaluateFolder('set', dependencies, () => {});
    expect(asked).toEqual([
      ['zero?', PASSAGE_DEPTH],
      ['one?', PASSAGE_DEPTH],
      ['two?', PASSAGE_DEPTH],
    ]);
    // Ranks 1, 2 and not found.
    expect(report['mrr@10']).toBeCloseTo((1 + 1 / 2 + 0) / 3, 12);
    expect(report['ndcg@10']).toBeCloseTo((1 + 1 / Math.log2(3) + 0) / 3, 12);
    expect(report).toMatchObject({ queries: 3, documents: 3, passages: 4 });
  });

  it('reports even lines as the tuning half and odd lines as the held-out half', async () => {
    const report = await evaluateFolder('set', fakes().dependencies, () => {});
    expect(report.tuningHalf).toMatchObject({ queries: 2, 'mrr@10': 0.5 });
    expect(report.heldOutHalf).toMatchObject({ queries: 1, 'mrr@10': 0.5, 'hit@1': 0 });
  });

  it('has no held-out half when there is one query', async () => {
    const { dependencies } = fakes();
    const report = await evaluateFolder(
      'set',
      { ...dependencies, readLines: linesInMemory(beirFiles({})) },
      () => {},
    );
    expect(report.tuningHalf?.queries).toBe(1);
    expect(report.heldOutHalf).toBeNull();
  });

  it('tells of each query where its first relevant document was', async () => {
    const report = await evaluateFolder('set', fakes().dependencies, () => {});
    expect(report.perQuery).toEqual([
      { id: 'q0', firstRelevantRank: 1, ndcg: 1 },
      { id: 'q1', firstRelevantRank: 2, ndcg: 1 / Math.log2(3) },
      { id: 'q2', firstRelevantRank: null, ndcg: 0 },
    ]);
  });

  it('still runs when a document was dropped by the cleaner, and says so', async () => {
    const problem = {
      code: 'ARTICLE_WITHOUT_TEXT',
      message: 'd3 has no text.',
      details: { id: 'd3' },
    } as const;
    const { dependencies } = fakes({ ...indexed, added: 2, problems: [problem] });
    const report = await evaluateFolder('set', dependencies, () => {});
    expect(report.queries).toBe(3);
    expect(report.problems).toEqual([problem]);
  });

  it('refuses a broken folder before anything is indexed', async () => {
    const { dependencies, items } = fakes();
    const readLines = linesInMemory({ ...threeQueries, 'set/corpus.jsonl': '{' });
    await expect(evaluateFolder('set', { ...dependencies, readLines }, () => {})).rejects.toMatchObject({
      code: 'EVALUATION_FOLDER_INVALID',
    });
    expect(items).toEqual([]);
  });

  it('tells how far indexing and asking are', async () => {
    const told: EvaluationProgress[] = [];
    await evaluateFolder('set', fakes().dependencies, (progress) => told.push(progress));
    expect(told[0]).toEqual({ phase: 'indexing', ingest: ingestProgress });
    expect(told.at(-1)).toMatchObject({ phase: 'asking', queriesDone: 3, queriesTotal: 3 });
  });

  it('stops between two queries when it is told to', async () => {
    const { dependencies, asked } = fakes();
    const controller = new AbortController();
    const run = evaluateFolder('set', { ...dependencies, signal: controller.signal }, (progress) => {
      if (progress.phase === 'asking') controller.abort();
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toHaveLength(1);
  });

  it('gives what the command shows', () => {
    expectTypeOf<EvaluationReport>().toExtend<shown.EvaluationReport>();
    expectTypeOf<EvaluationProgress>().toExtend<shown.EvaluationProgress>();
  });
});
