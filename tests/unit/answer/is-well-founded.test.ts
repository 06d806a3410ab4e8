import { describe, expect, test } from 'vitest';
import { isWellFounded } from '../../../src/answer/is-well-founded.js';
import { type MadePassage, madeSources } from './made-sources.js';

const isAnswer = (made: readonly MadePassage[], answerable = true) =>
  isWellFounded({ sources: madeSources(...made), answerability: { answerable, probability: 0.5 } });

const best = { text: 'The canal has no locks.', article: 'canal', score: 0.6 };

describe('quotations are an answer', () => {
  test('when the search finds one likely and the best passage is good', () => {
    expect(isAnswer([best])).toBe(true);
    expect(isAnswer([best], false)).toBe(false);
    expect(isAnswer([{ ...best, score: 0.46 }])).toBe(false);
    expect(isAnswer([])).toBe(false);
  });

  test('when no other passage of the article comes as near', () => {
    const rival = { text: 'Ships pass in convoys.', article: 'canal' };
    expect(isAnswer([best, { ...rival, score: 0.54 }])).toBe(true);
    expect(isAnswer([best, { ...rival, score: 0.56 }])).toBe(false);
  });

  test('whether or not another article comes as near, which may say the same', () => {
    expect(isAnswer([best, { text: 'The canal lies level.', article: 'seas', score: 0.6 }])).toBe(true);
  });

  test('going by what is quoted first, which need not have the best score', () => {
    const rival = { text: 'Ships pass in convoys.', article: 'canal', score: 0.58, beyondTitle: 0.6 };
    expect(isAnswer([best, rival])).toBe(false);
    expect(isAnswer([best, { ...rival, beyondTitle: 0.7 }])).toBe(true);
  });
});
