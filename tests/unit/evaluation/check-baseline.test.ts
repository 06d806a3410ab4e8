import { describe, expect, it } from 'vitest';
import { checkBaseline } from '../../../src/evaluation/check-baseline.js';
import { toEvaluationBaseline } from '../../../src/evaluation/evaluation-baseline.js';
import { summariseMode } from '../../../src/evaluation/summarise-measures.js';
import { foundAt, NAMES, provenance, questionsFoundAt, type SampleQuestion } from './measured-questions.js';

const dense = (questions: SampleQuestion[]) => summariseMode('dense', NAMES, questions);
const baselineOf = (questions: SampleQuestion[]) =>
  toEvaluationBaseline({ set: 'set', modes: [dense(questions)], provenance });

const baseline = baselineOf(questionsFoundAt([1, 1, 1, 3]));

describe('toEvaluationBaseline', () => {
  it('has a margin of what one question is worth, for all questions and for each direction', () => {
    const mixed = [foundAt(1, 'a', 'ar→ar'), foundAt(1, 'b', 'ar→en'), foundAt(3, 'c', 'ar→en')];
    expect(baselineOf(mixed).modes.dense).toEqual({
      all: { questions: 3, margin: 0.333333, metrics: { 'hit@1': 0.666667, 'mrr@10': 0.777778 } },
      'ar→ar': { questions: 1, margin: 1, metrics: { 'hit@1': 1, 'mrr@10': 1 } },
      'ar→en': { questions: 2, margin: 0.5, metrics: { 'hit@1': 0.5, 'mrr@10': 0.666667 } },
    });
  });
});

describe('checkBaseline', () => {
  it('holds for the same figures, although a baseline is rounded', () => {
    const thirds = questionsFoundAt([1, 1, 3]);
    const check = checkBaseline(baselineOf(thirds), [dense(thirds)]);
    expect(check.held).toBe(true);
    expect(check.measures.map(({ verdict }) => verdict)).toEqual(['held', 'held', 'held', 'held']);
  });

  it('holds when one answer is lost and fails when two are', () => {
    expect(checkBaseline(baseline, [dense(questionsFoundAt([0, 1, 1, 3]))]).held).toBe(true);
    const check = checkBaseline(baseline, [dense(questionsFoundAt([0, 0, 1, 3]))]);
    expect(check.held).toBe(false);
    expect(check.measures[0]).toEqual({
      mode: 'dense',
      row: 'all',
      measure: 'hit@1',
      baseline: 0.75,
      margin: 0.25,
      value: 0.25,
      verdict: 'lower',
    });
  });

  it('holds when a measure rose', () => {
    expect(checkBaseline(baseline, [dense(questionsFoundAt([1, 1, 1, 1]))]).held).toBe(true);
  });

  it('fails when a direction is not measured any more', () => {
    const elsewhere = [foundAt(1, 'a', 'en→en')];
    const check = checkBaseline(baseline, [dense(elsewhere)]);
    expect(check.held).toBe(false);
    const gone = check.measures.filter(({ verdict }) => verdict === 'gone');
    expect(gone.map(({ row, measure, value }) => [row, measure, value])).toEqual([
      ['ar→ar', 'hit@1', null],
      ['ar→ar', 'mrr@10', null],
    ]);
  });

  it('tells of a mode that the baseline does not know, and does not fail for it', () => {
    const check = checkBaseline(baseline, [summariseMode('keyword', NAMES, questionsFoundAt([0]))]);
    expect(check.held).toBe(true);
    expect(check.measures.every(({ verdict, baseline }) => verdict === 'added' && baseline === null)).toBe(
      true,
    );
  });

  it('passes over a mode of the baseline that was not asked for', () => {
    const both = toEvaluationBaseline({
      set: 'set',
      modes: [dense(questionsFoundAt([1])), summariseMode('keyword', NAMES, questionsFoundAt([1]))],
      provenance,
    });
    const check = checkBaseline(both, [dense(questionsFoundAt([1]))]);
    expect(new Set(check.measures.map(({ mode }) => mode))).toEqual(new Set(['dense']));
  });
});
