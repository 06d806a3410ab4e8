import { describe, expect, it } from 'vitest';
import type { CliServices } from '../../../src/cli/cli-services.js';
import { runCaptured } from './run-captured.js';

const asked: unknown[] = [];
const services: Partial<CliServices> = {
  evaluateAnswers: async (options, onProgress) => {
    asked.push(options);
    onProgress({ phase: 'asking', questionsDone: 1, questionsTotal: 3, elapsedMs: 10 });
    return {
      answerable: { questions: 84, answered: 60, rightFirst: 54, rightCited: 57, holdsQuote: 50 },
      unanswerable: { questions: 0, refused: 0 },
      citations: { all: 120, verbatim: 120 },
      perQuestion: [{ id: 'q0', verdict: 'right_first', holdsQuote: true }],
    };
  },
};
const argv = ['evaluate', '--questions', 'a.jsonl', '--answers'];

describe('fihrist evaluate --questions --answers', () => {
  it('asks the current archive, or the articles of --corpus', async () => {
    await runCaptured(argv, services);
    await runCaptured([...argv, '--corpus', 'articles'], services);
    expect(asked).toEqual([{ files: ['a.jsonl'] }, { files: ['a.jsonl'], corpus: 'articles' }]);
  });

  it('shows each count with what it is a share of', async () => {
    const { stdout, stderr, exitCode } = await runCaptured(argv, services);
    expect(stdout).toMatch(/^questions with an answer that are answered +60 +84 +71\.4 %$/m);
    expect(stdout).toMatch(/^of these, a right passage is cited first +54 +60 +90\.0 %$/m);
    expect(stdout).toMatch(/^questions without an answer that are refused +0 +0 +–$/m);
    expect([stderr, exitCode]).toEqual(['Asking: 1/3 questions\n', 0]);
  });

  it('prints one line of JSON, and writes one a question', async () => {
    const { stdout, files } = await runCaptured([...argv, '--json', '--per-query', 'out.jsonl'], services);
    expect(JSON.parse(stdout)).toEqual({
      questions: 84,
      answered: 60,
      right_first: 54,
      right_cited: 57,
      holds_quote: 50,
      unanswerable: 0,
      refused: 0,
      citations: 120,
      verbatim: 120,
    });
    expect(files.get('out.jsonl')).toBe('{"id":"q0","verdict":"right_first","holds_quote":true}\n');
  });

  it.each([
    [['evaluate', 'folder', '--answers'], '--answers goes with --questions only'],
    [[...argv, '--mode', 'dense'], 'leave --mode out'],
    [[...argv, '--baseline', 'b.json'], '--baseline is about rankings'],
    [[...argv, '--trec', 't.run'], '--trec is about rankings'],
  ])('refuses what does not go with it: %s', async (given, message) => {
    const { stderr, exitCode } = await runCaptured(given, services);
    expect(stderr).toContain(message);
    expect(exitCode).not.toBe(0);
  });
});
