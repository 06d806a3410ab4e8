import { describe, expect, it } from 'vitest';
import type { CliServices } from '../../../src/cli/cli-services.js';
import { METRIC_NAMES } from '../../../src/cli/evaluation-report.js';
import { SEARCH_MODES } from '../../../src/search/search-request.js';
import { runCaptured } from './run-captured.js';
import {
  ingestProgress,
  lineProblem,
  sampleComparison,
  sampleEvaluation,
  sampleMode,
  sampleRun,
} from './sample-results.js';

function evaluating(changes: Partial<typeof sampleEvaluation> = {}): Pick<CliServices, 'evaluate'> {
  return {
    evaluate: async (_folder, onProgress) => {
      onProgress({ phase: 'indexing', ingest: ingestProgress({ phase: 'reading', articlesTotal: 2 }) });
      onProgress({ phase: 'asking', queriesDone: 1, queriesTotal: 4, elapsedMs: 2_000 });
      return { ...sampleEvaluation, ...changes };
    },
  };
}

const heldMeasure = {
  mode: 'hybrid',
  row: 'all',
  measure: 'hit@1',
  baseline: 0.9,
  margin: 0.05,
  value: 0.9,
  verdict: 'held',
} as const;
const lowerMeasure = { ...heldMeasure, row: 'ar→en', value: 0.8, verdict: 'lower' } as const;

describe('fihrist evaluate DIR', () => {
  it('prints the measures as one flat line of JSON, then the halves', async () => {
    const { exitCode, stdout } = await runCaptured(['evaluate', 'set', '--json'], evaluating());
    expect(exitCode).toBe(0);
    expect(
      stdout.startsWith(
        '{"ndcg@10":0.95,"mrr@10":0.94,"recall@10":0.99,"recall@100":1,"hit@1":0.9,"hit@5":0.98,"queries":3,',
      ),
    ).toBe(true);
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    expect(JSON.parse(stdout)).toMatchObject({
      documents: 2,
      passages: 5,
      documents_not_indexed: 0,
      tuning_half: { 'ndcg@10': 0.95, queries: 2 },
      held_out_half: { 'ndcg@10': 0.8765, queries: 1 },
    });
    expect(stdout).not.toContain('perQuery');
  });

  it('adds the mode with its intervals and directions behind the measures', async () => {
    const { stdout } = await runCaptured(['evaluate', 'set', '--json'], evaluating());
    const printed = JSON.parse(stdout);
    expect(printed).toMatchObject({
      mode: 'hybrid',
      intervals: { 'ndcg@10': [expect.closeTo(0.94), expect.closeTo(0.96)] },
      directions: { 'ar→en': { 'ndcg@10': 0.95, questions: 2, intervals: { 'hit@1': expect.anything() } } },
    });
    for (const name of ['modes', 'comparison', 'baseline']) expect(printed).not.toHaveProperty(name);
  });

  it('shows people every measure with its interval, by direction and half', async () => {
    const { stdout } = await runCaptured(['evaluate', 'set'], evaluating());
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^95 % interval below {2}questions +ndcg@10 +mrr@10 +recall@10 +recall@100 +hit@1 +hit@5$/,
    );
    expect(lines[1]).toMatch(/^all +2 +0\.9500 +0\.9400 /);
    expect(lines[2]).toMatch(/^ +0\.940–0\.960 +0\.930–0\.950 /);
    expect(lines[3]).toMatch(/^ar→en +2 +0\.9500 /);
    expect(lines[5]).toMatch(/^tuning half +2 +0\.9500 /);
    expect(lines[6]).toMatch(/^held-out half +1 +0\.8765 /);
    expect(lines.at(-1)).toBe('2 documents, 5 passages');
  });

  it('says which documents could not be indexed', async () => {
    const { exitCode, stdout } = await runCaptured(
      ['evaluate', 'set'],
      evaluating({ problems: [lineProblem] }),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '1 document not indexed: counted as not found\n  articles/news.jsonl:12: ARTICLE_LINE',
    );
  });

  it('says what was left out of the judgements', async () => {
    const changes = { queriesWithoutRelevant: 2, relevantNotInCorpus: 1 };
    const { stdout } = await runCaptured(['evaluate', 'set'], evaluating(changes));
    expect(stdout).toContain('2 queries without a relevant document: left out');
    expect(stdout).toContain('1 relevant document not in the corpus: counted as not found');
  });

  it('shows a half without queries as a dash, and to programs as null', async () => {
    const services = evaluating({ heldOutHalf: null });
    expect((await runCaptured(['evaluate', 'set'], services)).stdout).toMatch(/held-out half +0 +– .*–\n/);
    const { stdout } = await runCaptured(['evaluate', 'set', '--json'], services);
    expect(JSON.parse(stdout)).toMatchObject({ held_out_half: null });
  });

  it('tells on standard error how far it is', async () => {
    const { stderr } = await runCaptured(['evaluate', 'set', '--json'], evaluating());
    expect(stderr).toBe('Reading: 2 articles\nAsking: 1/4 queries, 0.5 queries/s, 0:06 left\n');
  });

  it('writes one line a query to the file of --per-query', async () => {
    const { files } = await runCaptured(['evaluate', 'set', '--per-query', 'out.jsonl'], evaluating());
    expect(files.get('out.jsonl')).toBe(
      '{"id":"q0","first_relevant_rank":1,"ndcg@10":1}\n{"id":"q1","first_relevant_rank":null,"ndcg@10":0}\n',
    );
  });

  it('asks in the mode of --mode, or in all of them on one index', async () => {
    const asked: unknown[] = [];
    const services: Partial<CliServices> = {
      evaluate: async (options) => {
        asked.push(options);
        return sampleEvaluation;
      },
    };
    await runCaptured(['evaluate', 'set', '--mode', 'keyword'], services);
    await runCaptured(['evaluate', 'set', '--mode', 'all'], services);
    expect(asked).toEqual([
      { folder: 'set', modes: ['keyword'] },
      { folder: 'set', modes: SEARCH_MODES },
    ]);
  });

  it('shows several modes side by side, to programs under their names', async () => {
    const means = (value: number) => Object.fromEntries(METRIC_NAMES.map((name) => [name, value]));
    const services = evaluating({
      modes: [sampleMode('hybrid', 'ar→en', means(0.9)), sampleMode('keyword', 'ar→en', means(0.1))],
    });
    const argv = ['evaluate', 'set', '--mode', 'all'];
    const lines = (await runCaptured(argv, services)).stdout.split('\n');
    expect(lines[1]).toMatch(/^all, hybrid +2 +0\.9000 /);
    expect(lines[3]).toMatch(/^all, keyword +2 +0\.1000 /);
    expect(lines[5]).toMatch(/^ar→en, hybrid +2 +0\.9000 /);
    expect(lines[9]).toMatch(/^tuning half, hybrid /);
    const printed = JSON.parse((await runCaptured([...argv, '--json'], services)).stdout);
    expect(printed).toMatchObject({
      mode: 'hybrid',
      modes: {
        hybrid: { 'ndcg@10': 0.9, questions: 2 },
        keyword: { 'ndcg@10': 0.1, directions: { 'ar→en': { 'hit@1': 0.1 } } },
      },
    });
  });

  it('writes the run as one JSON document and in the format of TREC', async () => {
    const argv = ['evaluate', 'set', '--save-run', 'run.json', '--trec', 'run.txt'];
    const { files } = await runCaptured(argv, evaluating());
    expect(JSON.parse(files.get('run.json') ?? '')).toEqual(sampleRun);
    expect(files.get('run.txt')).toBe(
      'q0 Q0 d1 1 0.9000000 fihrist-hybrid\nq0 Q0 d2 2 0.5000000 fihrist-hybrid\n',
    );
  });

  it('shows what changed since the run of --compare', async () => {
    const asked: unknown[] = [];
    const services: Partial<CliServices> = {
      evaluate: async (options) => {
        asked.push(options);
        return { ...sampleEvaluation, comparison: sampleComparison };
      },
    };
    const argv = ['evaluate', 'set', '--compare', 'run.json'];
    const { stdout } = await runCaptured(argv, services);
    expect(asked).toEqual([{ folder: 'set', modes: ['hybrid'], compareWith: 'run.json' }]);
    expect(stdout).toContain('Compared with dense of fake-model:1, version 9.8.7, over 2 questions:\n');
    expect(stdout).toMatch(/\nndcg@10 +0\.5000 +0\.7500 +\+0\.2500 +−0\.1000 … \+0\.6000 +1 +0 +1\n/);
    expect(stdout).toContain('Changed most by ndcg@10:\n  q1 (ar→en): 0.0000 to 0.5000\n');
    const json = JSON.parse((await runCaptured([...argv, '--json'], services)).stdout);
    expect(json.comparison).toMatchObject({
      measures: { 'ndcg@10': { difference: 0.25, interval: [-0.1, 0.6], better: 1 } },
      changed_most: [{ id: 'q1', before: 0, after: 0.5 }],
    });
  });

  it('exits with 1 and a table when a measure is lower than its baseline', async () => {
    const { exitCode, stdout } = await runCaptured(
      ['evaluate', 'set', '--baseline', 'b.json'],
      evaluating({ baselineCheck: { held: false, measures: [lowerMeasure, heldMeasure] } }),
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Baseline: 1 of 2 measures lower than it by more than the margin:\n');
    expect(stdout).toMatch(/\nhybrid, ar→en +hit@1 +0\.9000 +0\.0500 +0\.8000 +0\.1000\n$/);
  });

  it('exits with 0 when the baseline is held, and counts what it does not have', async () => {
    const added = { ...heldMeasure, baseline: null, margin: null, verdict: 'added' } as const;
    const { exitCode, stdout } = await runCaptured(
      ['evaluate', 'set', '--baseline', 'b.json'],
      evaluating({ baselineCheck: { held: true, measures: [heldMeasure, added] } }),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Baseline: 1 measure held; 1 measure not in it.\n');
  });

  it('writes the baseline anew without reading it', async () => {
    const asked: unknown[] = [];
    const services: Partial<CliServices> = {
      evaluate: async (options) => {
        asked.push(options);
        return sampleEvaluation;
      },
    };
    const argv = ['evaluate', 'set', '--baseline', 'b.json', '--write-baseline'];
    const { files } = await runCaptured(argv, services);
    expect(asked).toEqual([{ folder: 'set', modes: ['hybrid'] }]);
    expect(files.get('b.json')).toBe('{\n  "set": "set"\n}\n');
  });

  it('refuses a file that cannot be written to before it starts to work', async () => {
    let worked = false;
    const services: Partial<CliServices> = {
      evaluate: async () => {
        worked = true;
        return sampleEvaluation;
      },
    };
    const { exitCode, stderr } = await runCaptured(
      ['evaluate', 'set', '--per-query', 'no/out.jsonl'],
      services,
      {
        beforeWrite: () => {
          throw new Error('ENOENT: no such file or directory');
        },
      },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('per-query must be a file that can be written to');
    expect(worked).toBe(false);
  });
});
