import { describe, expect, it } from 'vitest';
import type { CliServices } from '../../../src/cli/cli-services.js';
import { runCaptured } from './run-captured.js';
import { sampleQuestionReport } from './sample-results.js';

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
    expect(asked).toEqual([
      { files: ['a.jsonl', 'b.jsonl'], modes: ['hybrid'] },
      { files: ['a.jsonl'], corpus: 'articles', modes: ['hybrid'] },
    ]);
  });

  it('prints the measures as one flat line of JSON, then the directions', async () => {
    const { stdout } = await runCaptured(['evaluate', '--json', '--questions', 'a.jsonl'], services);
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    expect(JSON.parse(stdout)).toMatchObject({
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

  it('shows people a table by direction and by where the answer is', async () => {
    const { stdout, stderr } = await runCaptured(['evaluate', '--questions', 'a.jsonl'], services);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^95 % interval below {2}questions +hit@1 +hit@5 +mrr@10$/);
    expect(lines[3]).toMatch(/^ar→ar +2 +0\.5000 +1\.0000 +0\.7500$/);
    expect(lines[5]).toMatch(/^the same language +2 +0\.5000 +1\.0000 +0\.7500$/);
    expect(lines[6]).toMatch(/^the other language +0 +– +– +–$/);
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
