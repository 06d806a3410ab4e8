import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as shown from '../../../src/cli/evaluation-report.js';
import type { ArchiveQuestion } from '../../../src/evaluation/archive-questions.js';
import {
  evaluateQuestions,
  type QuestionProgress,
  type QuestionReport,
  refuseOtherQuestions,
} from '../../../src/evaluation/evaluate-questions.js';
import type { QuestionHit } from '../../../src/evaluation/question-outcome.js';

const english = { articleId: 'canal-en', quote: 'opened in   November 1869' };
const arabic = { articleId: 'canal-ar', quote: 'افتتحت القناة في نوفمبر' };

const englishHit = {
  id: 'e',
  articleId: 'canal-en',
  text: 'The canal was opened in\nNovember 1869.',
  score: 0.8,
};
const arabicHit = { id: 'a', articleId: 'canal-ar', text: 'افتتحت القناة في نوفمبر عام 1869.', score: 0.7 };
const otherHit = { id: 'o', articleId: 'canal-en', text: 'Digging began in 1859.', score: 0.9 };

const provenance = { modelFingerprint: 'fake-model:1', programVersion: '9.8.7' };

function question(id: string, language: 'ar' | 'en', answers: ArchiveQuestion['answers']): ArchiveQuestion {
  return { id, language, text: id, answers };
}

async function evaluate(questions: ArchiveQuestion[], found: Record<string, QuestionHit[]>) {
  return evaluateQuestions(
    { name: 'set', questions, modes: ['hybrid'], references: {} },
    { search: async ({ query }) => found[query] ?? [], provenance },
    () => {},
  );
}

describe('evaluateQuestions', () => {
  it('finds a quote whatever the blanks and line ends', async () => {
    const report = await evaluate([question('q', 'en', [english])], { q: [otherHit, englishHit] });
    expect(report).toMatchObject({ 'hit@1': 0, 'hit@5': 1, 'mrr@10': 0.5, questions: 1 });
  });

  it('wants the quote in a passage of the named article', async () => {
    const copy = { ...englishHit, articleId: 'a-copy-en' };
    const report = await evaluate([question('q', 'en', [english])], { q: [copy] });
    expect(report.perQuestion[0]?.firstRelevantRank).toBeNull();
  });

  it('takes whichever of several answers comes first', async () => {
    const report = await evaluate([question('q', 'en', [english, arabic])], { q: [arabicHit, englishHit] });
    expect(report['hit@1']).toBe(1);
  });

  it('tells directions apart by the language of the quotes', async () => {
    const report = await evaluate(
      [
        question('same', 'en', [english]),
        question('across', 'ar', [english]),
        question('either', 'ar', [english, arabic]),
      ],
      { same: [englishHit], across: [otherHit], either: [otherHit, arabicHit] },
    );
    expect(report.byDirection).toEqual({
      same: { 'hit@1': 1, 'hit@5': 1, 'mrr@10': 1, questions: 1 },
      across: { 'hit@1': 0, 'hit@5': 0, 'mrr@10': 0, questions: 1 },
      either: { 'hit@1': 0, 'hit@5': 1, 'mrr@10': 0.5, questions: 1 },
    });
  });

  it('splits every mode by the languages of question and answer, leaving out what has no answer', async () => {
    const questions = [
      question('ar-en', 'ar', [english]),
      question('en-ar', 'en', [arabic]),
      question('ar-both', 'ar', [english, arabic]),
      question('none', 'en', []),
    ];
    const report = await evaluateQuestions(
      { name: 'set', questions, modes: ['dense', 'keyword'], references: {} },
      { search: async ({ mode }) => (mode === 'dense' ? [englishHit, arabicHit] : []), provenance },
      () => {},
    );
    const [dense, keyword] = report.modes;
    expect(dense?.directions.map(({ direction, means }) => [direction, means['mrr@10']])).toEqual([
      ['ar→both', 1],
      ['ar→en', 1],
      ['en→ar', 0.5],
    ]);
    expect(keyword).toMatchObject({ mode: 'keyword', questions: 3, means: { 'hit@5': 0 } });
    expect(report).toMatchObject({ 'hit@5': 1, asked: 4, withoutHits: 0 });
    expect(report.runs[0]).toMatchObject({ set: 'set', questions: 3, mode: 'dense' });
    expect(report.runs[0]?.per_question[0]?.ranking).toEqual([
      ['e', 0.8],
      ['a', 0.7],
    ]);
  });

  it('refuses references of other questions, counting those with an answer', () => {
    const questions = [question('q', 'en', [english]), question('none', 'en', [])];
    const content = { set: 'other', model_fingerprint: '', program_version: '', modes: {} };
    const references = { baseline: { file: 'baseline.json', content } };
    expect(() => refuseOtherQuestions({ name: 'set', questions, references })).toThrow('set must be set');
    expect(() => refuseOtherQuestions({ name: 'other', questions, references })).not.toThrow();
  });

  it('has no measures of a direction without questions', async () => {
    const report = await evaluate([question('q', 'en', [english])], {});
    expect(report.byDirection.across).toBeNull();
  });

  it('does not count a quote at rank eleven, yet tells its rank', async () => {
    const hits = [...Array.from({ length: 10 }, () => otherHit), englishHit];
    const report = await evaluate([question('q', 'en', [english])], { q: hits });
    expect(report['mrr@10']).toBe(0);
    expect(report.perQuestion[0]?.firstRelevantRank).toBe(11);
  });

  it('compares the top scores of questions with and without an answer, ties counting half', async () => {
    const scored = (score: number) => [{ ...otherHit, score }];
    const report = await evaluate(
      [
        question('a1', 'en', [english]),
        question('a2', 'en', [english]),
        question('u1', 'en', []),
        question('u2', 'en', []),
      ],
      { a1: scored(0.9), a2: scored(0.5), u1: scored(0.5), u2: scored(0.1) },
    );
    // 0.9 beats both, 0.5 ties with one and beats the other: 3.5 of 4.
    expect(report.answerableAuc).toBe(0.875);
    expect(report.medianTopScore).toEqual({ answerable: 0.7, unanswerable: 0.3 });
    expect(report).toMatchObject({ questions: 2, asked: 4, unanswerable: 2 });
  });

  it('has no AUC when every question has an answer', async () => {
    const report = await evaluate([question('q', 'en', [english])], {});
    expect(report.answerableAuc).toBeNull();
    expect(report.medianTopScore.unanswerable).toBeNull();
  });

  it('counts the questions for which nothing was found', async () => {
    const report = await evaluate([question('q', 'en', [english])], {});
    expect(report.withoutHits).toBe(1);
    expect(report.perQuestion).toEqual([
      { id: 'q', direction: 'same', firstRelevantRank: null, topScore: null },
    ]);
  });

  it('gives what the command shows', () => {
    expectTypeOf<QuestionReport>().toExtend<shown.QuestionReport>();
    expectTypeOf<QuestionProgress>().toExtend<shown.QuestionProgress>();
  });
});
