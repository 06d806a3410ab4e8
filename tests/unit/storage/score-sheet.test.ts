import { describe, expect, it } from 'vitest';
import type { ScoredPostings } from '../../../src/storage/kept-words.js';
import { ScoreSheet } from '../../../src/storage/score-sheet.js';

/** Passages of length 1 earn 2 a weight, those of length 2 or more 1. */
const byLength = Float32Array.of(4, 2, 1);
const lengths = Uint16Array.of(1, 2, 1, 900, 1, 1, 1, 1, 1, 1);

/** What a stem adds to these passages, for a weight of 1: of length 1 they earn 2, longer ones 1. */
function postingsOf(...labels: number[]): ScoredPostings {
  const scores = labels.map((label) => byLength[Math.min(lengths[label] ?? 1, 2)] ?? 0);
  return { labels: Uint32Array.from(labels), scores: Float32Array.from(scores) };
}

function sheetWith(...lists: number[][]): ScoreSheet {
  const sheet = new ScoreSheet();
  sheet.begin(10);
  for (const labels of lists) sheet.add(postingsOf(...labels), 3, null);
  return sheet;
}

describe('ScoreSheet', () => {
  it('adds up what each passage earns', () => {
    const sheet = sheetWith([0, 1, 3], [1]);
    expect([0, 1, 2, 3].map((label) => sheet.scoreOf(label))).toEqual([6, 6, 0, 3]);
    expect(sheet.size).toBe(3);
  });

  it('meets only what is allowed', () => {
    const sheet = sheetWith();
    const allowed = Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    sheet.add(postingsOf(0, 1), 1, allowed);
    expect(sheet.atLeast(0)).toEqual([1]);
  });

  it('raises those that were met and are among the bits, and no others', () => {
    const sheet = sheetWith([0, 8]);
    sheet.raise(Uint8Array.of(0b0000_0010, 0b0000_0001), { weight: 1, byLength }, lengths);
    expect([0, 1, 8].map((label) => sheet.scoreOf(label))).toEqual([6, 0, 8]);
    sheet.raise(Uint8Array.of(0b0000_0001), { weight: 1, byLength }, lengths);
    expect([0, 8].map((label) => sheet.scoreOf(label))).toEqual([8, 8]);
  });

  it('tells the score that so many reach, a little less at most', () => {
    const sheet = sheetWith([0, 1, 2], [0, 2], [2]);
    const mostScore = 20;
    expect(sheet.reachedBy(1, mostScore)).toBeCloseTo(18, 1);
    expect(sheet.reachedBy(2, mostScore)).toBeCloseTo(12, 1);
    expect(sheet.atLeast(sheet.reachedBy(2, mostScore))).toEqual([0, 2]);
    expect(sheet.reachedBy(4, mostScore)).toBe(0);
  });

  it('tells whether so many passages reach a score', () => {
    const sheet = sheetWith([0, 1, 2], [0, 2], [2]);
    expect([1, 2, 3].map((count) => sheet.isReachedBy(count, 12))).toEqual([true, true, false]);
    expect(sheet.isReachedBy(1, 18.01)).toBe(false);
    expect(sheet.isReachedBy(4, 0)).toBe(false);
  });

  it('takes nothing left over from an earlier question for met', () => {
    const sheet = sheetWith([3, 5, 7]);
    sheet.begin(10);
    sheet.add(postingsOf(5, 1), 3, null);
    expect([1, 3, 5, 7].map((label) => sheet.scoreOf(label))).toEqual([3, 0, 6, 0]);
    expect(sheet.atLeast(0)).toEqual([5, 1]);
    sheet.add(postingsOf(3, 5), 3, null);
    expect(sheet.atLeast(0)).toEqual([5, 1, 3]);
    expect([3, 5].map((label) => sheet.scoreOf(label))).toEqual([3, 12]);
  });

  it('has forgotten everything when the next question begins, and has room for labels that came since', () => {
    const sheet = sheetWith([0, 9]);
    sheet.begin(10);
    expect([sheet.size, sheet.scoreOf(0), sheet.scoreOf(9)]).toEqual([0, 0, 0]);
    sheet.begin(2_000);
    sheet.add(postingsOf(1_999), 1, null);
    expect(sheet.atLeast(2)).toEqual([1_999]);
    sheet.forget();
    sheet.begin(10);
    expect([sheet.size, sheet.scoreOf(0)]).toEqual([0, 0]);
  });
});
