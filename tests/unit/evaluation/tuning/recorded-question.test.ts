import { describe, expect, it } from 'vitest';
import {
  meanNdcg,
  meanNdcgOfSets,
  ndcgWith,
  type RecordedQuestion,
} from '../../../../src/evaluation/tuning/recorded-question.js';
import { madeQuestion, PLAIN_WEIGHTS } from './made-questions.js';

const second = 1 / Math.log2(3);
const atFirst = madeQuestion({ passage: 0.9, grade: 1 }, { passage: 0.5 });
const atSecond = madeQuestion({ passage: 0.4, grade: 1, words: 1 }, { passage: 0.5 });

describe('a recorded question', () => {
  it('has the nDCG@10 of its candidates in the order that the weights give', () => {
    expect(ndcgWith(atFirst, PLAIN_WEIGHTS, 'hybrid')).toBe(1);
    expect(ndcgWith(atSecond, PLAIN_WEIGHTS, 'hybrid')).toBeCloseTo(second, 12);
    expect(ndcgWith(atSecond, { ...PLAIN_WEIGHTS, words: 0.2 }, 'hybrid')).toBe(1);
    expect(ndcgWith(atSecond, PLAIN_WEIGHTS, 'keyword')).toBe(1);
  });

  it('takes several passages of an article for one document', () => {
    const question = madeQuestion({ passage: 0.9 }, { passage: 0.8 }, { passage: 0.7, grade: 1 });
    const articleOf = new Map([
      [0, 'd0'],
      [1, 'd0'],
      [2, 'd2'],
    ]);
    const oneArticle: RecordedQuestion = { ...question, recorded: { ...question.recorded, articleOf } };
    expect(ndcgWith(oneArticle, PLAIN_WEIGHTS, 'hybrid')).toBeCloseTo(second, 12);
  });

  it('lifts what says the same as the first by the recorded cosines', () => {
    const question = madeQuestion(
      { passage: 0.9, grade: 1 },
      { passage: 0.6 },
      { passage: 0.5, grade: 1, language: 'en' },
    );
    const cosines = (label: number, others: readonly number[]) =>
      others.map((other) => (label === 0 && other === 2 ? 1 : 0));
    const near: RecordedQuestion = { ...question, recorded: { ...question.recorded, cosines } };
    const weights = { ...PLAIN_WEIGHTS, leader: { weight: 0.5, from: 0.75 } };
    expect(ndcgWith(near, weights, 'hybrid')).toBe(1);
    expect(ndcgWith(question, weights, 'hybrid')).toBeLessThan(1);
  });
});

describe('the mean of sets', () => {
  it('counts each set the same, however many questions it has', () => {
    const sets = [
      { name: 'small', questions: [atFirst], heldOut: [atSecond] },
      { name: 'large', questions: [atSecond, atSecond, atSecond], heldOut: [atFirst] },
    ];
    expect(meanNdcg([atFirst, atSecond], PLAIN_WEIGHTS, 'hybrid')).toBeCloseTo((1 + second) / 2, 12);
    expect(meanNdcgOfSets(sets, PLAIN_WEIGHTS, 'hybrid')).toBeCloseTo((1 + second) / 2, 12);
  });
});
