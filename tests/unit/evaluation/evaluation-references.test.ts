import { describe, expect, it } from 'vitest';
import { toEvaluationBaseline } from '../../../src/evaluation/evaluation-baseline.js';
import { readReferences, refuseOtherSet } from '../../../src/evaluation/evaluation-references.js';
import { RUN_DEPTH } from '../../../src/evaluation/evaluation-run.js';
import { summariseMode } from '../../../src/evaluation/summarise-measures.js';
import { NAMES, provenance, questionsFoundAt, runOf } from './measured-questions.js';

const run = runOf(questionsFoundAt([1, 2]));
const baseline = toEvaluationBaseline({
  set: 'set',
  modes: [summariseMode('dense', NAMES, questionsFoundAt([1, 2]))],
  provenance,
});
const files: Record<string, string> = {
  'run.json': JSON.stringify(run),
  'baseline.json': JSON.stringify(baseline),
  'broken.json': '{',
  'other.json': '{"set": 5}',
};
const readText = async (file: string) => {
  const text = files[file];
  if (text === undefined) throw new Error('ENOENT: no such file or directory');
  return text;
};
const set = { name: 'set', questionIds: ['q1', 'q2'], measures: NAMES };

describe('readReferences', () => {
  it('reads a run and a baseline as they were written', async () => {
    const references = await readReferences({ compareWith: 'run.json', baseline: 'baseline.json' }, readText);
    expect(references).toEqual({
      run: { file: 'run.json', content: run },
      baseline: { file: 'baseline.json', content: baseline },
    });
    expect(() => refuseOtherSet(set, references)).not.toThrow();
  });

  it.each([
    ['a file that is not there', 'none.json', 'none.json: cannot be read as JSON (ENOENT'],
    ['a file that is not JSON', 'broken.json', 'broken.json: cannot be read as JSON'],
    ['JSON that is not a run', 'other.json', 'other.json: set: '],
  ])('refuses %s', async (_, compareWith, message) => {
    await expect(readReferences({ compareWith }, readText)).rejects.toMatchObject({
      code: 'EVALUATION_RUN_INVALID',
      message: expect.stringContaining(message),
      details: { file: compareWith },
    });
  });
});

describe('refuseOtherSet', () => {
  const refused = (content: typeof run, message: string, details: object) =>
    expect(() => refuseOtherSet(set, { run: { file: 'run.json', content } })).toThrow(
      expect.objectContaining({
        code: 'EVALUATION_RUN_INVALID',
        message,
        details: { file: 'run.json', ...details },
      }),
    );

  it('refuses a run of a set with another name', () => {
    const details = { field: 'set', expected: 'set', value: 'other' };
    refused({ ...run, set: 'other' }, 'run.json: set must be set, not other.', details);
  });

  it('refuses a run with more or fewer questions', () => {
    const details = { field: 'questions', expected: 2, value: 1 };
    refused(runOf(questionsFoundAt([1])), 'run.json: questions must be 2, not 1.', details);
  });

  it('refuses a run that lacks a question', () => {
    const [first, second] = run.per_question;
    const per_question = [first!, { ...second!, id: 'q9' }];
    const details = { field: 'per_question.id', expected: 'q2', value: null };
    refused({ ...run, per_question }, 'run.json: per_question.id lacks q2.', details);
  });

  it('refuses a run that lacks a measure', () => {
    const per_question = run.per_question.map((question) => ({ ...question, metrics: { 'hit@1': 1 } }));
    const details = { field: 'metrics of question q1', expected: 'mrr@10', value: null };
    refused({ ...run, per_question }, 'run.json: metrics of question q1 lacks mrr@10.', details);
  });

  it('refuses a baseline of a set with another name', () => {
    const other = { file: 'baseline.json', content: { ...baseline, set: 'other' } };
    expect(() => refuseOtherSet(set, { baseline: other })).toThrow(
      'baseline.json: set must be set, not other.',
    );
  });
});

describe('a run', () => {
  it('keeps a hundred ranked ids of each question with their scores', () => {
    expect(run.per_question[0]?.ranking).toHaveLength(RUN_DEPTH);
    expect(run.per_question[0]?.ranking[1]).toEqual(['d2', 0.5]);
    expect(run).toMatchObject({ set: 'set', questions: 2, mode: 'hybrid', metrics: { 'hit@1': 0.5 } });
  });
});
