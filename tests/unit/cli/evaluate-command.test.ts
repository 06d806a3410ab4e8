import { describe, expect, it } from 'vitest';
import type { CliServices } from '../../../src/cli/cli-services.js';
import { runCaptured } from './run-captured.js';
import { ingestProgress, lineProblem, sampleEvaluation, sampleQuestionReport } from './sample-results.js';

function evaluating(changes: Partial<typeof sampleEvaluation> = {}): Pick<CliServices, 'evaluate'> {
  return {
    evaluate: async (_folder, onProgress) => {
      onProgress({ phase: 'indexing', ingest: ingestProgress({ phase: 'reading', articlesTotal: 2 }) });
      onProgress({ phase: 'asking', queriesDone: 1, queriesTotal: 4, elapsedMs: 2_000 });
      return { ...sampleEvaluation, ...changes };
    },
  };
}

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

  it('shows people a table of all queries and the two halves', async () => {
    const { stdout } = await runCaptured(['evaluate', 'set'], evaluating());
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('measure        all  tuning half  held-out half');
    expect(lines[1]).toBe('ndcg@10     0.9500       0.9500         0.8765');
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
    expect((await runCaptured(['evaluate', 'set'], services)).stdout).toMatch(/ndcg@10 .* –\n/);
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

describe('fihrist evaluate --questions', () => {
  const asked: unknown[] = [];
  const services: Partial<CliServices> = {
    evaluateQuestions: async (options, onProgress) => {
      asked.push(options);
      onProgress({ phase: 'asking', questionsDone: 1, questionsTotal: 3, elapsedMs: 10 });
      return sampleQuestionReport;
    },
  };

  it('asks the current archive, or the articles of --corpus', async () => {
    asked.length = 0;
    await runCaptured(['evaluate', '--questions', 'a.jsonl', 'b.jsonl'], services);
    await runCaptured(['evaluate', '--questions', 'a.jsonl', '--corpus', 'articles'], services);
    expect(asked).toEqual([{ files: ['a.jsonl', 'b.jsonl'] }, { files: ['a.jsonl'], corpus: 'articles' }]);
  });

  it('prints the measures as one flat line of JSON, then the directions', async () => {
    const { stdout } = await runCaptured(['evaluate', '--json', '--questions', 'a.jsonl'], services);
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    expect(JSON.parse(stdout)).toEqual({
      'hit@1': 0.5,
      'hit@5': 1,
      'mrr@10': 0.75,
      questions: 2,
      asked: 3,
      unanswerable: 1,
      without_hits: 0,
      answerable_auc: 0.9,
      median_top_score: { answerable: 0.6, unanswerable: 0.2 },
      same_language: { 'hit@1': 0.5, 'hit@5': 1, 'mrr@10': 0.75, questions: 2 },
      other_language: null,
      both_languages: null,
    });
  });

  it('shows people a table of directions', async () => {
    const { stdout, stderr } = await runCaptured(['evaluate', '--questions', 'a.jsonl'], services);
    expect(stdout).toContain('answer is in        questions   hit@1   hit@5  mrr@10\n');
    expect(stdout).toContain('the same language           2  0.5000  1.0000  0.7500\n');
    expect(stdout).toContain('the other language          0       –       –       –\n');
    expect(stdout).toContain(
      '1 question without an answer; median top score 0.6000 with an answer, 0.2000 without; AUC 0.9000',
    );
    expect(stderr).toBe('Asking: 1/3 questions\n');
  });

  it('doubts the archive when nothing at all was found for a question', async () => {
    const evaluateQuestions = async () => ({ ...sampleQuestionReport, withoutHits: 3 });
    const { stdout } = await runCaptured(['evaluate', '--questions', 'a.jsonl'], { evaluateQuestions });
    expect(stdout).toContain('3 questions for which no passage was found: is the archive empty?');
  });

  it('writes one line a question to the file of --per-query', async () => {
    const argv = ['evaluate', '--questions', 'a.jsonl', '--per-query', 'out.jsonl'];
    const { files } = await runCaptured(argv, services);
    expect(files.get('out.jsonl')).toBe(
      '{"id":"q0","direction":"same","first_relevant_rank":1,"top_score":0.7}\n',
    );
  });
});
