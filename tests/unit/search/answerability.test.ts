import { describe, expect, it } from 'vitest';
import {
  ANSWER_FEATURES,
  type AnswerModels,
  answerFeatures,
  judgeAnswerability,
} from '../../../src/search/answerability.js';
import type { CandidateFeatures } from '../../../src/search/candidate-features.js';
import type { RankedCandidate } from '../../../src/search/rank-candidates.js';
import { madeFeatures } from './made-candidates.js';

/** Each feature counts 2; a sum of features of 0.5 is the threshold of the first, 1 that of the second. */
const models: AnswerModels = {
  sameLanguage: modelOf(0.5),
  acrossLanguages: modelOf(1),
};

function modelOf(needed: number) {
  const weights = {
    passage: 2,
    sentence: 2,
    words: 2,
    coverage: 2,
    missing: -2,
    grams: 2,
    translated: 2,
    untranslated: -2,
    known: 2,
    brevity: 2,
    lead: 2,
  };
  return { intercept: -2 * needed, weights, threshold: 0.5 };
}

function ranked(score: number, features: Partial<CandidateFeatures> = {}): RankedCandidate {
  return { label: 1, score, parts: [], features: madeFeatures({ label: 1, ...features }) };
}

describe('judgeAnswerability', () => {
  it('takes a question for which nothing was found as not answered, with certainty', () => {
    expect(judgeAnswerability([], 'ar', models)).toEqual({ answerable: false, probability: 0 });
  });

  it('answers from the threshold on', () => {
    const judged = [0.45, 0.5, 0.55].map((passage) =>
      judgeAnswerability([ranked(0, { passage, sentence: 0 })], 'ar', models),
    );
    expect(judged.map(({ answerable }) => answerable)).toEqual([false, true, true]);
    expect(judged[1]?.probability).toBe(0.5);
  });

  it.each(['passage', 'sentence', 'words', 'coverage', 'grams'] as const)(
    'is the surer the more the best passage has of %s',
    (name) => {
      const probabilities = [0.1, 0.5, 0.9].map(
        (value) => judgeAnswerability([ranked(0, { sentence: 0, [name]: value })], 'ar', models).probability,
      );
      expect(probabilities).toEqual([...new Set(probabilities)].sort((a, b) => a - b));
    },
  );

  it('is the less sure the rarer the words are that the best passage has not', () => {
    const probabilityOf = (missing: number) =>
      judgeAnswerability([ranked(0, { sentence: 0.5, missing })], 'ar', models).probability;
    expect(probabilityOf(0.9)).toBeLessThan(probabilityOf(0.1));
  });

  it('judges a best passage in the other language by the model for that', () => {
    const passage = { passage: 0.4, sentence: 0.4 };
    expect(judgeAnswerability([ranked(0, passage)], 'ar', models).answerable).toBe(true);
    expect(judgeAnswerability([ranked(0, passage)], 'en', models).answerable).toBe(false);
  });
});

describe('answerFeatures', () => {
  const everything = {
    passage: 0.5,
    sentence: 0.6,
    words: 0.7,
    coverage: 0.75,
    missing: 0.25,
    grams: 0.8,
    translated: 0.9,
    untranslated: 0.3,
    known: 0.9,
    brevity: 0.2,
  };

  it('are of the best passage, and across languages translated words alone', () => {
    expect(answerFeatures([ranked(1, everything)], 'ar')).toEqual({
      kind: 'sameLanguage',
      features: { ...everything, translated: 0, untranslated: 0, known: 0, brevity: 0, lead: 1 },
    });
    expect(answerFeatures([ranked(1, everything)], 'en')).toEqual({
      kind: 'acrossLanguages',
      features: { ...everything, words: 0, coverage: 0, missing: 0, grams: 0, lead: 1 },
    });
  });

  it('hold the best score against the mean of ranks 3 to 10 alone', () => {
    const scores = [0.9, 0.89, ...Array<number>(4).fill(0.5), ...Array<number>(4).fill(0.3), 0.25, 0.2];
    const lead = answerFeatures(
      scores.map((score) => ranked(score)),
      'ar',
    )?.features.lead;
    expect(lead).toBeCloseTo(0.9 - 0.4, 12);
  });

  it('hold it against those that there are, if they are fewer', () => {
    const leadOf = (...scores: number[]) =>
      answerFeatures(
        scores.map((score) => ranked(score)),
        'ar',
      )?.features.lead;
    expect(leadOf(0.9, 0.8, 0.5)).toBeCloseTo(0.4, 12);
    expect(leadOf(0.9, 0.8)).toBe(0.9);
  });

  it('are all named', () => {
    expect(Object.keys(answerFeatures([ranked(1)], 'ar')?.features ?? {}).sort()).toEqual(
      [...ANSWER_FEATURES].sort(),
    );
  });
});
