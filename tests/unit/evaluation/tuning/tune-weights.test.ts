import { describe, expect, it } from 'vitest';
import type { TuningSet } from '../../../../src/evaluation/tuning/recorded-question.js';
import { type ChoosingProgress, tuneWeights } from '../../../../src/evaluation/tuning/tune-weights.js';
import { WEIGHT_KNOBS } from '../../../../src/evaluation/tuning/weight-knobs.js';
import type { RankingWeights } from '../../../../src/search/ranking-weights.js';
import { type MadeCandidate, madeQuestion, PLAIN_WEIGHTS } from './made-questions.js';

const second = 1 / Math.log2(3);
const plain = madeQuestion({ passage: 0.9, grade: 1 }, { passage: 0.1 });
/** Right from a weight of words above 0.12 on. */
const wantsWords = madeQuestion({ passage: 0.5, words: 1, grade: 1 }, { passage: 0.62 });
/** Right below it. */
const wantsNoWords = madeQuestion({ passage: 0.5, words: 1 }, { passage: 0.62, grade: 1 });

function setOf(questions: TuningSet['questions'], heldOut: TuningSet['heldOut'] = [plain]): TuningSet {
  return { name: 'set', questions, heldOut };
}

async function tune(
  sets: readonly TuningSet[],
  { start = PLAIN_WEIGHTS, folds = 2 }: { start?: RankingWeights; folds?: number } = {},
) {
  const told: ChoosingProgress[] = [];
  const tuned = await tuneWeights(sets, start, { folds, onProgress: (progress) => told.push(progress) });
  return { ...tuned, told };
}

describe('tuneWeights', () => {
  const bothLanguages: MadeCandidate[] = [
    { passage: 0.5, grade: 1, language: 'en' },
    { passage: 0.45, words: 1 },
  ];

  it.each<[string, MadeCandidate[], (weights: RankingWeights) => unknown, unknown]>([
    ['words', [{ passage: 0.5, words: 1, grade: 1 }, { passage: 0.62 }], (w) => w.words, 0.15],
    ['letter triples', [{ passage: 0.5, grams: 1, grade: 1 }, { passage: 0.62 }], (w) => w.grams, 0.15],
    [
      'translated words',
      [
        { passage: 0.5, translated: 1, grade: 1, language: 'en' },
        { passage: 0.62, language: 'en' },
      ],
      (w) => w.translated,
      0.15,
    ],
    [
      'the best sentence',
      [
        { passage: 0.4, sentence: 0.8, grade: 1 },
        { passage: 0.65, sentence: 0.65 },
      ],
      (w) => w.sentence,
      0.65,
    ],
  ])('finds that %s must count, and leaves the rest', async (_, candidates, weightOf, expected) => {
    const { weights, sets } = await tune([setOf([madeQuestion(...candidates), plain])]);
    expect(weightOf(weights)).toBe(expected);
    const changed = Object.entries(weights).filter(
      ([name, value]) => value !== PLAIN_WEIGHTS[name as keyof RankingWeights],
    );
    expect(changed).toHaveLength(1);
    expect(sets[0]?.tuned).toBe(1);
  });

  it('finds what a passage in the other language is to get instead of words', async () => {
    const start = { ...PLAIN_WEIGHTS, words: 0.2 };
    const questions = [madeQuestion(...bothLanguages), wantsWords];
    const { weights, sets } = await tune([setOf(questions)], { start });
    expect(weights.words).toBe(0.2);
    expect(weights.expectedWords.intercept + weights.expectedWords.slope * 0.5).toBeGreaterThan(0.75);
    expect(sets[0]?.tuned).toBe(1);
  });

  it('turns the knob of the mode keyword by rankings of that mode', async () => {
    const question = madeQuestion({ words: 0.5, grams: 1, grade: 1 }, { words: 0.87 });
    const { weights } = await tune([setOf([question, question])]);
    expect(weights.keywordGrams).toBe(0.4);
  });

  it('lets every set count the same, however many questions it has', async () => {
    const many = setOf(Array(6).fill(wantsNoWords));
    const few = setOf([wantsWords, wantsWords]);
    expect((await tune([many])).weights.words).toBe(0);
    expect((await tune([many, few, few])).weights.words).toBe(0.15);
  });

  it('takes a gain of a ten-thousandth for noise', async () => {
    const graded = (better: number, worse: number) =>
      madeQuestion({ passage: 0.5, words: 1, grade: better }, { passage: 0.62, grade: worse });
    const small = graded(10_001, 10_000);
    expect((await tune([setOf([small, small])])).weights).toBe(PLAIN_WEIGHTS);
    const large = graded(1_001, 1_000);
    expect((await tune([setOf([large, large])])).weights.words).toBe(0.15);
  });

  it('chooses nothing by held-out questions, and tells how they do', async () => {
    const questions = [wantsWords, wantsWords];
    const one = await tune([setOf(questions, [plain, wantsNoWords])]);
    const other = await tune([setOf(questions, [plain])]);
    expect(one.weights).toEqual(other.weights);
    expect(one.answerModels).toEqual(other.answerModels);
    expect(one.sets[0]).toEqual({ ...other.sets[0], heldOut: expect.closeTo((1 + second) / 2, 12) });
    expect(one.answerRates.sameLanguage.cases).toBe(6);
    expect(other.answerRates.sameLanguage.cases).toBe(3);
  });

  it('cross-validates each question by weights that the other folds chose', async () => {
    const { weights, sets } = await tune([
      setOf([wantsWords, wantsNoWords, wantsWords, wantsNoWords, wantsWords, wantsNoWords]),
    ]);
    expect(weights.words).toBe(0);
    expect(sets[0]?.tuned).toBeCloseTo((1 + second) / 2, 12);
    expect(sets[0]?.crossValidated).toBeCloseTo(second, 12);
    const thirds = await tune(
      [setOf([wantsWords, wantsWords, wantsNoWords, wantsWords, wantsWords, wantsNoWords])],
      { folds: 3 },
    );
    expect(thirds.weights.words).toBe(0.15);
    expect(thirds.sets[0]?.tuned).toBeCloseTo((4 + 2 * second) / 6, 12);
    expect(thirds.sets[0]?.crossValidated).toBeCloseTo(second, 12);
  });

  it('tells how many settings are tried, the last being the last', async () => {
    const { told } = await tune([setOf([plain, plain])]);
    const values = WEIGHT_KNOBS.reduce((sum, knob) => sum + knob.values.length, 0);
    expect(told[0]).toMatchObject({ triesDone: 1, triesTotal: 3 * 3 * (values + WEIGHT_KNOBS.length) });
    // Nothing can be won: each of the three searches ends after its first round.
    expect(told.at(-1)).toMatchObject({
      triesDone: 3 * (values + WEIGHT_KNOBS.length),
      triesTotal: 3 * (values + WEIGHT_KNOBS.length),
    });
    expect(told.every(({ triesDone, triesTotal }) => triesDone <= triesTotal)).toBe(true);
  });

  it('lets other work through and ends when it is interrupted', async () => {
    const interrupt = new AbortController();
    setImmediate(() => setImmediate(() => interrupt.abort()));
    let tries = 0;
    const tuning = tuneWeights([setOf([plain, plain])], PLAIN_WEIGHTS, {
      folds: 2,
      signal: interrupt.signal,
      onProgress: ({ triesDone }) => {
        tries = triesDone;
      },
    });
    await expect(tuning).rejects.toThrow(/abort/i);
    expect(tries).toBeLessThan(10);
  });
});
