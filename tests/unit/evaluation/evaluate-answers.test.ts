import { describe, expect, expectTypeOf, test } from 'vitest';
import { answerQuestion } from '../../../src/answer/answer-question.js';
import { wholeAnswer } from '../../../src/answer/whole-answer.js';
import type * as shown from '../../../src/cli/answer-report.js';
import type { ArchiveQuestion } from '../../../src/evaluation/archive-questions.js';
import { type AnswerReport, evaluateAnswers } from '../../../src/evaluation/evaluate-answers.js';
import { type MadePassage, madePassages, resultOf } from '../answer/made-sources.js';
import { ScriptedChatModel } from '../answer/scripted-chat-model.js';

const honey = 'So little moisture remains in it that microbes cannot grow.';
const wax = 'Beekeepers sell the wax of their bees as well.';

function question(text: string, ...quotes: Array<[article: number, quote: string]>): ArchiveQuestion {
  const answers = quotes.map(([article, quote]) => ({ articleId: `article-${article}`, quote }));
  return { id: text, language: 'en', text, answers };
}

/** @param found  What is found for each question; nothing for others. */
function evaluate(
  questions: readonly ArchiveQuestion[],
  found: Readonly<Record<string, readonly MadePassage[]>>,
  chatModel: ScriptedChatModel | null = null,
) {
  const search = async ({ query }: { query: string }) => {
    const hits = madePassages(...(found[query] ?? []));
    return resultOf(hits, query, hits.length > 0);
  };
  const answering = { search, chatModel, onModelFailure: () => {} };
  const { signal } = new AbortController();
  return evaluateAnswers(
    questions,
    { answer: (text) => wholeAnswer(answerQuestion(answering, { question: text, history: [] }, signal)) },
    () => {},
  );
}

describe('the check of answers', () => {
  test('tells what is cited first from what is cited later, and what is refused', async () => {
    const both = [
      { text: honey, similarities: [0.7] },
      { text: wax, similarities: [0.69] },
    ];
    const report = await evaluate(
      [
        question('first', [0, 'little moisture   remains']),
        question('later', [1, 'the wax of their bees']),
        question('wrong', [7, 'elsewhere']),
        question('missed', [0, 'moisture']),
        question('silent'),
        question('talks'),
      ],
      { first: both, later: both, wrong: both, talks: both },
    );
    expect(report.perQuestion.map(({ verdict }) => verdict)).toEqual([
      'right_first',
      'right_later',
      'wrong',
      'refused',
      'refused',
      'answered',
    ]);
    expect(report.answerable).toEqual({
      questions: 4,
      answered: 3,
      rightFirst: 1,
      rightCited: 2,
      holdsQuote: 2,
    });
    expect(report.unanswerable).toEqual({ questions: 2, refused: 1 });
    expect(report.citations).toEqual({ all: 8, verbatim: 8 });
  });

  test('does not take what a model says in its own words for a quotation', async () => {
    const model = new ScriptedChatModel(['It keeps [1: "so little moisture remains"].']);
    const found = { q: [{ text: honey }] };
    const report = await evaluate([question('q', [0, 'So little moisture'])], found, model);
    expect(report.citations).toEqual({ all: 1, verbatim: 0 });
    expect(report.answerable).toMatchObject({ rightFirst: 1, holdsQuote: 1 });
  });

  test('is what the command shows', () => {
    expectTypeOf<AnswerReport>().toExtend<shown.AnswerReport>();
  });
});
