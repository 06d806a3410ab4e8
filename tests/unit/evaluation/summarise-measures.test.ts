import { describe, expect, it } from 'vitest';
import { summariseMode } from '../../../src/evaluation/summarise-measures.js';
import { foundAt, NAMES, questionsFoundAt } from './measured-questions.js';

describe('summariseMode', () => {
  it('weighs every question the same', () => {
    const summary = summariseMode('dense', NAMES, questionsFoundAt([1, 2, 0, 1]));
    expect(summary).toMatchObject({ mode: 'dense', questions: 4, means: { 'hit@1': 0.5, 'mrr@10': 0.625 } });
    expect(summary.intervals['hit@1'].low).toBeLessThan(0.5);
    expect(summary.intervals['hit@1'].high).toBeGreaterThan(0.5);
  });

  it('splits the questions by direction, which a set that goes one way has one of', () => {
    const mixed = [foundAt(1, 'a', 'en→ar'), foundAt(2, 'b', 'ar→both'), foundAt(0, 'c', 'en→ar')];
    const { directions } = summariseMode('hybrid', NAMES, mixed);
    expect(directions.map(({ direction, questions, means }) => [direction, questions, means])).toEqual([
      ['ar→both', 1, { 'hit@1': 0, 'mrr@10': 0.5 }],
      ['en→ar', 2, { 'hit@1': 0.5, 'mrr@10': 0.5 }],
    ]);
    const oneWay = summariseMode('hybrid', NAMES, questionsFoundAt([1, 2]));
    expect(oneWay.directions).toHaveLength(1);
    expect(oneWay.directions[0]).toMatchObject({ direction: 'ar→ar', means: oneWay.means });
  });
});
