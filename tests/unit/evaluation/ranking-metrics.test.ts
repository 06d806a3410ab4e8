import { describe, expect, it } from 'vitest';
import { METRIC_NAMES as SHOWN_METRIC_NAMES } from '../../../src/cli/evaluation-report.js';
import { firstRelevantRank, METRIC_NAMES, rankingMetrics } from '../../../src/evaluation/ranking-metrics.js';

const judged = (grades: Record<string, number>) => new Map(Object.entries(grades));
const fillers = (count: number) => Array.from({ length: count }, (_, index) => `other-${index}`);

describe('rankingMetrics', () => {
  it('gives full marks when the one relevant document is first', () => {
    expect(rankingMetrics(['a', 'b'], judged({ a: 1 }))).toEqual({
      'ndcg@10': 1,
      'mrr@10': 1,
      'recall@10': 1,
      'recall@100': 1,
      'hit@1': 1,
      'hit@5': 1,
    });
  });

  it('discounts a relevant document at rank 3 by log2(4)', () => {
    const metrics = rankingMetrics(['x', 'y', 'a'], judged({ a: 1 }));
    expect(metrics?.['ndcg@10']).toBeCloseTo(0.5, 12);
    expect(metrics?.['mrr@10']).toBeCloseTo(1 / 3, 12);
    expect(metrics?.['hit@1']).toBe(0);
    expect(metrics?.['hit@5']).toBe(1);
  });

  it('adds up several relevant documents against their ideal order', () => {
    // Gains at ranks 1 and 4 of three relevant: (1 + 1/log2 5) ÷ (1 + 1/log2 3 + 1/2).
    const metrics = rankingMetrics(['a', 'x', 'y', 'b'], judged({ a: 1, b: 1, c: 1 }));
    expect(metrics?.['ndcg@10']).toBeCloseTo(
      (1 + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3) + 1 / Math.log2(4)),
      12,
    );
    expect(metrics?.['recall@10']).toBeCloseTo(2 / 3, 12);
  });

  it('uses grades as linear gains', () => {
    // Found 1 then 3: (1 + 3/log2 3) ÷ (3 + 1/log2 3).
    const metrics = rankingMetrics(['low', 'high'], judged({ high: 3, low: 1 }));
    expect(metrics?.['ndcg@10']).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 12);
  });

  it('takes a grade of 0 or below for not relevant', () => {
    const metrics = rankingMetrics(['zero', 'minus', 'a'], judged({ zero: 0, minus: -1, a: 1 }));
    expect(metrics?.['mrr@10']).toBeCloseTo(1 / 3, 12);
    expect(metrics?.['ndcg@10']).toBeCloseTo(0.5, 12);
    expect(metrics?.['recall@10']).toBe(1);
  });

  it('counts a relevant document that was not found against the ranking', () => {
    expect(rankingMetrics(['x'], judged({ missing: 1 }))).toEqual({
      'ndcg@10': 0,
      'mrr@10': 0,
      'recall@10': 0,
      'recall@100': 0,
      'hit@1': 0,
      'hit@5': 0,
    });
  });

  it('sees rank 10 but not rank 11 within ten, and rank 100 within a hundred', () => {
    const tenth = rankingMetrics([...fillers(9), 'a'], judged({ a: 1 }));
    expect(tenth?.['mrr@10']).toBe(0.1);
    expect(tenth?.['ndcg@10']).toBeCloseTo(1 / Math.log2(11), 12);
    const eleventh = rankingMetrics([...fillers(10), 'a'], judged({ a: 1 }));
    expect(eleventh).toMatchObject({ 'mrr@10': 0, 'ndcg@10': 0, 'recall@10': 0, 'recall@100': 1 });
    expect(rankingMetrics([...fillers(99), 'a'], judged({ a: 1 }))?.['recall@100']).toBe(1);
    expect(rankingMetrics([...fillers(100), 'a'], judged({ a: 1 }))?.['recall@100']).toBe(0);
  });

  it('has an ideal of ten documents when more are relevant', () => {
    const grades = Object.fromEntries(fillers(12).map((id) => [id, 1]));
    const metrics = rankingMetrics(fillers(12), judged(grades));
    expect(metrics?.['ndcg@10']).toBeCloseTo(1, 12);
    expect(metrics?.['recall@10']).toBeCloseTo(10 / 12, 12);
  });

  it('measures nothing when no document is relevant', () => {
    expect(rankingMetrics(['a'], judged({}))).toBeNull();
    expect(rankingMetrics(['a'], judged({ a: 0 }))).toBeNull();
  });

  it('measures an empty ranking as nothing found', () => {
    expect(rankingMetrics([], judged({ a: 1 }))?.['ndcg@10']).toBe(0);
  });
});

describe('firstRelevantRank', () => {
  it('counts from one, and is null when nothing relevant was found', () => {
    expect(firstRelevantRank(['x', 'a', 'b'], judged({ a: 1, b: 1 }))).toBe(2);
    expect(firstRelevantRank(['x'], judged({ a: 1 }))).toBeNull();
  });
});

describe('METRIC_NAMES', () => {
  it('are the measures that the command shows', () => {
    expect(SHOWN_METRIC_NAMES).toEqual(METRIC_NAMES);
  });
});
