import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as shown from '../../../src/cli/evaluation-report.js';
import type { SourceItem } from '../../../src/corpus/article-source.js';
import {
  type EvaluationDependencies,
  type EvaluationProgress,
  type EvaluationReport,
  type EvaluationSearch,
  evaluateFolder,
  type FolderEvaluation,
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

const set: FolderEvaluation = { folder: 'set', modes: ['hybrid'], references: {} };

/** Every query finds two passages of d1, then one of d2. */
function fakes(report: IngestReport = indexed) {
  const items: SourceItem[] = [];
  const asked: EvaluationSearch[] = [];
  const dependencies: EvaluationDependencies = {
    ingest: async (source, onProgress) => {
      for await (const item of source.articles()) items.push(item);
      onProgress(ingestProgress);
      return report;
    },
    search: async (search) => {
      asked.push(search);
      return [
        { articleId: 'd1', score: 0.9 },
        { articleId: 'd1', score: 0.8 },
        { articleId: 'd2', score: 0.7 },
      ];
    },
    provenance: { modelFingerprint: 'fake-model:1', programVersion: '9.8.7' },
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
    await evaluateFolder(set, dependencies, () => {});
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
    const report = await evaluateFolder(set, dependencies, () => {});
    expect(asked).toEqual([
      { query: 'zero?', depth: PASSAGE_DEPTH, mode: 'hybrid' },
      { query: 'one?', depth: PASSAGE_DEPTH, mode: 'hybrid' },
      { query: 'two?', depth: PASSAGE_DEPTH, mode: 'hybrid' },
    ]);
    // Ranks 1, 2 and not found.
    expect(report['mrr@10']).toBeCloseTo((1 + 1 / 2 + 0) / 3, 12);
    expect(report['ndcg@10']).toBeCloseTo((1 + 1 / Math.log2(3) + 0) / 3, 12);
    expect(report).toMatchObject({ queries: 3, documents: 3, passages: 4 });
  });

  it('reports even lines as the tuning half and odd lines as the held-out half', async () => {
    const report = await evaluateFolder(set, fakes().dependencies, () => {});
    expect(report.tuningHalf).toMatchObject({ queries: 1, 'mrr@10': 0.5, 'hit@1': 0 });
    expect(report.heldOutHalf).toMatchObject({ queries: 2, 'mrr@10': 0.5 });
  });

  it('has no tuning half when there is one query', async () => {
    const { dependencies } = fakes();
    const report = await evaluateFolder(
      set,
      { ...dependencies, readLines: linesInMemory(beirFiles({})) },
      () => {},
    );
    expect(report.heldOutHalf?.queries).toBe(1);
    expect(report.tuningHalf).toBeNull();
  });

  it('tells of each query where its first relevant document was', async () => {
    const report = await evaluateFolder(set, fakes().dependencies, () => {});
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
    const report = await evaluateFolder(set, dependencies, () => {});
    expect(report.queries).toBe(3);
    expect(report.problems).toEqual([problem]);
  });

  it('asks every query in each mode on one index, and reports the first mode as the whole', async () => {
    const { dependencies, asked, items } = fakes();
    const search = async (wanted: EvaluationSearch) => {
      const hits = await dependencies.search(wanted);
      return wanted.mode === 'keyword' ? hits.toReversed() : hits;
    };
    const both = { ...set, modes: ['keyword', 'dense'] as const };
    const told: EvaluationProgress[] = [];
    const report = await evaluateFolder(both, { ...dependencies, search }, (progress) => told.push(progress));
    expect(asked.map(({ mode }) => mode)).toEqual([...Array(3).fill('keyword'), ...Array(3).fill('dense')]);
    expect(items).toHaveLength(3);
    expect(told.at(-1)).toMatchObject({ queriesDone: 6, queriesTotal: 6 });
    expect(report.modes.map(({ mode, means }) => [mode, means['mrr@10']])).toEqual([
      ['keyword', 0.5],
      ['dense', 0.5],
    ]);
    expect(report.runs.map((run) => run.per_question[0]?.ranking[0]?.[0])).toEqual(['d2', 'd1']);
    expect(report['hit@1']).toBe(report.modes[0]?.means['hit@1']);
    expect(Object.keys(report.baseline.modes)).toEqual(['keyword', 'dense']);
  });

  it('keeps each ranking with its scores in a run that names set, mode, model and program', async () => {
    const { runs } = await evaluateFolder({ ...set, folder: './set/' }, fakes().dependencies, () => {});
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      set: 'set',
      questions: 3,
      mode: 'hybrid',
      model_fingerprint: 'fake-model:1',
      program_version: '9.8.7',
    });
    expect(runs[0]?.per_question[0]).toMatchObject({
      id: 'q0',
      direction: 'en→en',
      metrics: { 'hit@1': 1 },
      ranking: [
        ['d1', 0.9],
        ['d2', 0.7],
      ],
    });
  });

  it('compares with a saved run and holds to a baseline', async () => {
    const { runs, baseline } = await evaluateFolder(set, fakes().dependencies, () => {});
    const references = {
      run: { file: 'run.json', content: runs[0]! },
      baseline: { file: 'baseline.json', content: baseline },
    };
    const report = await evaluateFolder({ ...set, references }, fakes().dependencies, () => {});
    expect(report.comparison).toMatchObject({ questions: 3, changedBy: 'ndcg@10', changedMost: [] });
    expect(report.baselineCheck?.held).toBe(true);
  });

  it('refuses a run of another set before anything is indexed', async () => {
    const { runs } = await evaluateFolder(set, fakes().dependencies, () => {});
    const references = { run: { file: 'run.json', content: { ...runs[0]!, set: 'other' } } };
    const { dependencies, items } = fakes();
    await expect(evaluateFolder({ ...set, references }, dependencies, () => {})).rejects.toMatchObject({
      code: 'EVALUATION_RUN_INVALID',
      details: { field: 'set', expected: 'set', value: 'other' },
    });
    expect(items).toEqual([]);
  });

  it('refuses a broken folder before anything is indexed', async () => {
    const { dependencies, items } = fakes();
    const readLines = linesInMemory({ ...threeQueries, 'set/corpus.jsonl': '{' });
    await expect(evaluateFolder(set, { ...dependencies, readLines }, () => {})).rejects.toMatchObject({
      code: 'EVALUATION_FOLDER_INVALID',
    });
    expect(items).toEqual([]);
  });

  it('tells how far indexing and asking are', async () => {
    const told: EvaluationProgress[] = [];
    await evaluateFolder(set, fakes().dependencies, (progress) => told.push(progress));
    expect(told[0]).toEqual({ phase: 'indexing', ingest: ingestProgress });
    expect(told.at(-1)).toMatchObject({ phase: 'asking', queriesDone: 3, queriesTotal: 3 });
  });

  it('stops between two queries when it is told to', async () => {
    const { dependencies, asked } = fakes();
    const controller = new AbortController();
    const run = evaluateFolder(set, { ...dependencies, signal: controller.signal }, (progress) => {
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
