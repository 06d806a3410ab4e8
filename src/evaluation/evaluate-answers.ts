import type { Answer } from '../answer/answer.js';
import type { ArchiveQuestion } from './archive-questions.js';
import type { QuestionProgress } from './evaluate-questions.js';
import { firstQuotingRank } from './first-quoting-rank.js';

export interface AnswerEvaluationDependencies {
  answer(question: string): Promise<Answer>;
  readonly signal?: AbortSignal;
}

/**
 * How the answer to one question went. Of a question that the archive answers: `right_first` when the first passage that
 * is cited holds a quote, `right_later` when another one that is cited does, `wrong` when none does, `refused` when it was
 * said that there is no answer. Of another question: `refused` or `answered`.
 */
export type AnswerVerdict = 'right_first' | 'right_later' | 'wrong' | 'refused' | 'answered';

export interface AnswerOutcome {
  readonly id: string;
  readonly verdict: AnswerVerdict;
  /** Whether the answer has the very words that the question's author took for its answer. */
  readonly holdsQuote: boolean;
}

export interface AnswerReport {
  readonly answerable: {
    readonly questions: number;
    readonly answered: number;
    /** The first passage cited is a right one. */
    readonly rightFirst: number;
    /** A passage cited is a right one. */
    readonly rightCited: number;
    readonly holdsQuote: number;
  };
  readonly unanswerable: { readonly questions: number; readonly refused: number };
  /** Citations of all answers, and those that give words of their passage unchanged. */
  readonly citations: { readonly all: number; readonly verbatim: number };
  readonly perQuestion: readonly AnswerOutcome[];
}

/**
 * Asks every question for an answer and looks for its quotes in the passages that are cited.
 * @throws what `answer` throws
 */
export async function evaluateAnswers(
  questions: readonly ArchiveQuestion[],
  { answer, signal }: AnswerEvaluationDependencies,
  onProgress: (progress: QuestionProgress) => void,
): Promise<AnswerReport> {
  const startedAt = performance.now();
  const outcomes: AnswerOutcome[] = [];
  const citations = { all: 0, verbatim: 0 };
  for (const question of questions) {
    signal?.throwIfAborted();
    const answered = await answer(question.text);
    const quotations = quotationsOf(answered);
    citations.all += answered.citations.length;
    citations.verbatim += quotations.filter(({ isVerbatim }) => isVerbatim).length;
    outcomes.push(outcomeOf(question, answered, quotations));
    onProgress({
      questionsDone: outcomes.length,
      questionsTotal: questions.length,
      elapsedMs: performance.now() - startedAt,
    });
  }
  const isAnswerable = new Set(questions.filter(({ answers }) => answers.length > 0).map(({ id }) => id));
  const answerable = outcomes.filter(({ id }) => isAnswerable.has(id));
  const others = outcomes.filter(({ id }) => !isAnswerable.has(id));
  const count = (verdict: AnswerVerdict, among = answerable) =>
    among.filter((outcome) => outcome.verdict === verdict).length;
  return {
    answerable: {
      questions: answerable.length,
      answered: answerable.length - count('refused'),
      rightFirst: count('right_first'),
      rightCited: count('right_first') + count('right_later'),
      holdsQuote: answerable.filter(({ holdsQuote }) => holdsQuote).length,
    },
    unanswerable: { questions: others.length, refused: count('refused', others) },
    citations,
    perQuestion: outcomes,
  };
}

interface Quotation {
  readonly articleId: string;
  readonly passage: string;
  readonly words: string;
  /** Whether the statement is these very words. */
  readonly isVerbatim: boolean;
}

/** What is cited, in order. */
function quotationsOf({ text, citations, sources }: Answer): Quotation[] {
  return citations.flatMap(({ source, start, end, quote }) => {
    const passage = sources.find(({ number }) => number === source)?.passage;
    if (passage === undefined) return [];
    const words = quote === null ? '' : passage.text.slice(quote.start, quote.end);
    const isVerbatim = quote !== null && text.slice(start, end) === words;
    return [{ articleId: passage.articleId, passage: passage.text, words, isVerbatim }];
  });
}

function outcomeOf(
  { id, answers }: ArchiveQuestion,
  { status }: Answer,
  quotations: readonly Quotation[],
): AnswerOutcome {
  if (status === 'no_answer') return { id, verdict: 'refused', holdsQuote: false };
  if (answers.length === 0) return { id, verdict: 'answered', holdsQuote: false };
  const rank = firstQuotingRank(
    quotations.map(({ articleId, passage }) => ({ articleId, text: passage })),
    answers,
  );
  const quoting = firstQuotingRank(
    quotations.map(({ articleId, words }) => ({ articleId, text: words })),
    answers,
  );
  const verdict = rank === null ? 'wrong' : rank === 1 ? 'right_first' : 'right_later';
  return { id, verdict, holdsQuote: quoting !== null };
}
