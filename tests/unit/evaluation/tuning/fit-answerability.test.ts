import { describe, expect, it } from 'vitest';
import { answerRates, fitAnswerability } from '../../../../src/evaluation/tuning/fit-answerability.js';
import type { RecordedQuestion } from '../../../../src/evaluation/tuning/recorded-question.js';
import { type AnswerModel, probabilityOf } from '../../../../src/search/answerability.js';
import { madeQuestion, PLAIN_WEIGHTS } from './made-questions.js';
import { pseudoRandom } from './pseudo-random.js';

/** Answers are mostly nearer than the rest; every other one is in the other language. */
function noisyQuestions(count: number, seed = 3): RecordedQuestion[] {
  const random = pseudoRandom(seed);
  const between = (low: number, high: number) => low + random() * (high - low);
  return Array.from({ length: count }, (_, i) => {
    const language = i % 2 === 0 ? 'ar' : 'en';
    const answer = { language, passage: between(0.45, 0.9), words: between(0.4, 1), grade: 1 } as const;
    const others = Array.from({ length: 5 }, () => ({ passage: between(0.1, 0.5), words: between(0, 0.4) }));
    return madeQuestion(answer, ...others, { language: 'en', passage: between(0.1, 0.5) });
  });
}

/** Answers from a passage cosine of 0.5 on. */
const byPassage: AnswerModel = {
  intercept: -5,
  weights: {
    passage: 10,
    sentence: 0,
    words: 0,
    coverage: 0,
    missing: 0,
    grams: 0,
    translated: 0,
    untranslated: 0,
    known: 0,
    brevity: 0,
    lead: 0,
  },
  threshold: 0.5,
};

describe('fitAnswerability', () => {
  it.each([1, 2, 7, 19, 20, 39, 200])(
    'misses a twentieth of its own %d answerable questions at most',
    (count) => {
      for (const seed of [1, 2, 3]) {
        const questions = noisyQuestions(count, seed);
        const models = fitAnswerability([questions], PLAIN_WEIGHTS);
        const rates = answerRates([questions], PLAIN_WEIGHTS, models);
        expect(rates.sameLanguage.missed).toBeLessThanOrEqual(0.05);
        expect(rates.acrossLanguages.missed).toBeLessThanOrEqual(0.05);
      }
    },
  );

  it('lets the fewer unanswerable ones through the more the features tell', () => {
    const questions = noisyQuestions(200);
    const { sameLanguage } = answerRates(
      [questions],
      PLAIN_WEIGHTS,
      fitAnswerability([questions], PLAIN_WEIGHTS),
    );
    expect(sameLanguage.answeredNear).toBeLessThan(0.5);
    const alike = questions.map(({ recorded, judgements }) => ({
      recorded: {
        ...recorded,
        candidates: recorded.candidates.map((one) => ({ ...one, passage: 0.5, sentence: 0.5, words: 0 })),
      },
      judgements,
    }));
    const ofAlike = answerRates([alike], PLAIN_WEIGHTS, fitAnswerability([alike], PLAIN_WEIGHTS));
    expect(ofAlike.sameLanguage.answeredNear).toBe(1);
  });

  it('has a model for each language of the best passage, fitted on the cases of that kind alone', () => {
    const questions = noisyQuestions(60);
    const { sameLanguage, acrossLanguages } = fitAnswerability([questions], PLAIN_WEIGHTS);
    expect(sameLanguage).not.toEqual(acrossLanguages);
    expect(acrossLanguages.weights.words).toBe(0);
    const arabic = questions.map(({ recorded, judgements }) => ({
      recorded: {
        ...recorded,
        candidates: recorded.candidates.filter(({ language }) => language === 'ar'),
      },
      judgements,
    }));
    const unknown = fitAnswerability([arabic], PLAIN_WEIGHTS).acrossLanguages;
    const features = {
      passage: 0.9,
      sentence: 0.9,
      words: 0,
      coverage: 0,
      missing: 0,
      grams: 0,
      translated: 1,
      untranslated: 0,
      known: 1,
      brevity: 0.2,
      lead: 0.9,
    };
    expect(probabilityOf(features, unknown)).toBe(0.5);
  });
});

describe('answerRates', () => {
  const models = { sameLanguage: byPassage, acrossLanguages: byPassage };
  const english = 'en' as const;

  /** Each in an archive whose first half, by label, ends before the answer. */
  it('take each question with its answers, without them, and in the half without them, by the language of the best', () => {
    const questions = [
      madeQuestion({ passage: 0.1 }, { passage: 0.3 }, { passage: 0.8, grade: 1 }, { passage: 0.2 }),
      madeQuestion({ passage: 0.6 }, { passage: 0.3 }, { passage: 0.9, grade: 1 }, { passage: 0.7 }),
      madeQuestion({ passage: 0.1 }, { passage: 0.2 }, { passage: 0.4, grade: 1 }, { passage: 0.3 }),
      madeQuestion(
        { passage: 0.1 },
        { passage: 0.2 },
        { passage: 0.6, grade: 1, language: english },
        { passage: 0.5 },
      ),
    ];
    expect(answerRates([questions], PLAIN_WEIGHTS, models)).toEqual({
      sameLanguage: { missed: 1 / 3, answeredNear: 2 / 4, answeredFar: 1 / 4, cases: 11 },
      acrossLanguages: { missed: 0, answeredNear: 0, answeredFar: 0, cases: 1 },
    });
  });

  it('ask no half when both have an answer', () => {
    const question = madeQuestion({ passage: 0.8, grade: 1 }, { passage: 0.2 }, { passage: 0.9, grade: 1 });
    expect(answerRates([[question]], PLAIN_WEIGHTS, models).sameLanguage).toEqual({
      missed: 0,
      answeredNear: 0,
      answeredFar: 0,
      cases: 2,
    });
  });

  it('leave out questions whose answers are not among the candidates', () => {
    const questions = [
      madeQuestion({ passage: 0.8 }, { passage: 0.2 }),
      madeQuestion({ passage: 0.8, grade: -1 }),
    ];
    const none = { missed: 0, answeredNear: 0, answeredFar: 0, cases: 0 };
    expect(answerRates([questions], PLAIN_WEIGHTS, models)).toEqual({
      sameLanguage: none,
      acrossLanguages: none,
    });
  });

  it('count a question without its answers for nothing when no other passage was found', () => {
    const question = madeQuestion({ passage: 0.8, grade: 1 });
    const { sameLanguage } = answerRates([[question]], PLAIN_WEIGHTS, models);
    expect(sameLanguage).toEqual({ missed: 0, answeredNear: 0, answeredFar: 0, cases: 1 });
  });
});
