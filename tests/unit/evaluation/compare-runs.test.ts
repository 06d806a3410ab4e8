import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as shown from '../../../src/cli/mode-reports.js';
import { compareRuns } from '../../../src/evaluation/compare-runs.js';
import type { ModeReports } from '../../../src/evaluation/report-modes.js';
import { questionsFoundAt, runOf } from './measured-questions.js';

describe('compareRuns', () => {
  it('pairs questions by id, whatever their order, and counts which way they went', () => {
    const before = runOf(questionsFoundAt([1, 2, 4, 1]));
    const reversed = { ...before, per_question: before.per_question.toReversed() };
    const { measures, questions } = compareRuns(reversed, runOf(questionsFoundAt([1, 1, 5, 1])));
    expect(questions).toBe(4);
    expect(measures.map(({ name, better, worse, same }) => [name, better, worse, same])).toEqual([
      ['hit@1', 1, 0, 3],
      ['mrr@10', 1, 1, 2],
    ]);
    expect(measures[1]).toMatchObject({ before: expect.closeTo(0.6875), after: expect.closeTo(0.8) });
    expect(measures[1]?.difference).toBeCloseTo(0.1125, 12);
  });

  it('has an interval without 0 when most questions got better, and around 0 when as many got worse', () => {
    const ranks = (first: number, second: number) =>
      Array.from({ length: 200 }, (_, position) => (position % 2 === 0 ? first : second));
    const better = compareRuns(runOf(questionsFoundAt(ranks(2, 2))), runOf(questionsFoundAt(ranks(1, 2))));
    expect(better.measures[0]?.interval.low).toBeGreaterThan(0.4);
    const swapped = compareRuns(runOf(questionsFoundAt(ranks(1, 2))), runOf(questionsFoundAt(ranks(2, 1))));
    expect(swapped.measures[0]?.interval.low).toBeLessThan(0);
    expect(swapped.measures[0]?.interval.high).toBeGreaterThan(0);
  });

  it('names the ten questions that changed most, the largest change first', () => {
    const before = runOf(questionsFoundAt([1, 2, 1, 0]));
    const after = runOf(questionsFoundAt([1, 1, 0, 0]));
    expect(compareRuns(before, after)).toMatchObject({
      changedBy: 'mrr@10',
      changedMost: [
        { id: 'q3', direction: 'ar→ar', before: 1, after: 0 },
        { id: 'q2', direction: 'ar→ar', before: 0.5, after: 1 },
      ],
    });
    const all = compareRuns(
      runOf(questionsFoundAt(Array(12).fill(1))),
      runOf(questionsFoundAt(Array(12).fill(2))),
    );
    expect(all.changedMost).toHaveLength(10);
  });

  it('finds no change between a run and itself', () => {
    const run = runOf(questionsFoundAt([1, 3, 0]));
    const { measures, changedMost } = compareRuns(run, run);
    expect(changedMost).toEqual([]);
    for (const measure of measures) {
      expect(measure).toMatchObject({ difference: 0, same: 3, interval: { low: 0, high: 0 } });
    }
  });

  it('gives what the command shows', () => {
    expectTypeOf<ModeReports<'hit@1'>>().toExtend<shown.ModeReports>();
  });
});
