import { detectLanguage } from '../text/detect-language.js';
import type { ArchiveQuestion, QuotedAnswer } from './archive-questions.js';
import { median, rankedSeparation } from './ranked-separation.js';

/** Passages asked for a question. The measures look at ten at most; the rest is for diagnosis. */
export const QUESTION_DEPTH = 100;

/** A found passage, as far as questions go. */
export interface QuestionHit {
  readonly articleId: string;
  readonly text: string;
  readonly score: number;
}

export interface QuestionDependencies {
  /** Passages, best first. */
  search(query: string, depth: number): Promise<readonly QuestionHit[]>;
  readonly signal?: AbortSignal;
}

/** Where the answer of a question is: in the question's own language, only in the other one, or in both. */
export type QuestionDirection = 'same' | 'across' | 'either';

export interface QuestionMetrics {
  readonly 'hit@1': number;
  readonly 'hit@5': number;
  readonly 'mrr@10': number;
  readonly questions: number;
}

/** How one question went, for diagnosis. */
export interface QuestionOutcome {
  readonly id: string;
  /** Null when the archive does not answer the question. */
  readonly direction: QuestionDirection | null;
  /** Rank, from 1, of the first passage that holds a quote; null when none of those found does. */
  readonly firstRelevantRank: number | null;
  /** Score of the first passage; null when nothing was found. */
  readonly topScore: number | null;
}

/** Means over the answerable questions, and what the top score says about there being an answer. */
export interface QuestionReport extends QuestionMetrics {
  /** All questions that were asked; `questions` counts the answerable ones. */
  readonly asked: number;
  readonly unanswerable: number;
  /** Questions for which not one passage was found, as in an archive that is empty. */
  readonly withoutHits: number;
  readonly byDirection: Readonly<Record<QuestionDirection, QuestionMetrics | null>>;
  /** Probability that an answerable question's top score is above an unanswerable one's; null when a kind is missing. */
  readonly answerableAuc: number | null;
  readonly medianTopScore: { readonly answerable: number | null; readonly unanswerable: number | null };
  readonly perQuestion: readonly QuestionOutcome[];
}

export interface QuestionProgress {
  readonly questionsDone: number;
  readonly questionsTotal: number;
  readonly elapsedMs: number;
}

/**
 * Asks every question and looks for its quotes in what is found.
 * @param questions  At least one has an answer.
 * @throws what `search` throws
 */
export async function evaluateQuestions(
  questions: readonly ArchiveQuestion[],
  { search, signal }: QuestionDependencies,
  onProgress: (progress: QuestionProgress) => void,
): Promise<QuestionReport> {
  const startedAt = performance.now();
  const outcomes: QuestionOutcome[] = [];
  for (const question of questions) {
    signal?.throwIfAborted();
    const hits = await search(question.text, QUESTION_DEPTH);
    outcomes.push({
      id: question.id,
      direction: directionOfAnswer(question),
      firstRelevantRank: firstQuotingRank(hits, question.answers),
      topScore: hits[0]?.score ?? null,
    });
    onProgress({
      questionsDone: outcomes.length,
      questionsTotal: questions.length,
      elapsedMs: performance.now() - startedAt,
    });
  }
  return questionReport(outcomes);
}

function questionReport(outcomes: readonly QuestionOutcome[]): QuestionReport {
  const answerable = outcomes.filter((outcome) => outcome.direction !== null);
  const unanswerable = outcomes.filter((outcome) => outcome.direction === null);
  const towards = (direction: QuestionDirection) =>
    questionMetrics(answerable.filter((outcome) => outcome.direction === direction));
  const all = questionMetrics(answerable);
  if (all === null) throw new Error('questions without a single answer were let through');
  const topScores = topScoresOf(answerable);
  const topScoresWithoutAnswer = topScoresOf(unanswerable);
  return {
    ...all,
    asked: outcomes.length,
    unanswerable: unanswerable.length,
    withoutHits: outcomes.filter((outcome) => outcome.topScore === null).length,
    byDirection: { same: towards('same'), across: towards('across'), either: towards('either') },
    answerableAuc: rankedSeparation(topScores, topScoresWithoutAnswer),
    medianTopScore: { answerable: median(topScores), unanswerable: median(topScoresWithoutAnswer) },
    perQuestion: outcomes,
  };
}

/** Where nothing was found, 0: the score of unrelated texts. */
function topScoresOf(outcomes: readonly QuestionOutcome[]): number[] {
  return outcomes.map((outcome) => outcome.topScore ?? 0);
}

function questionMetrics(outcomes: readonly QuestionOutcome[]): QuestionMetrics | null {
  if (outcomes.length === 0) return null;
  const ranks = outcomes.map((outcome) => outcome.firstRelevantRank ?? Number.POSITIVE_INFINITY);
  const share = (depth: number) => ranks.filter((rank) => rank <= depth).length / ranks.length;
  const reciprocals = ranks.reduce((sum, rank) => sum + (rank <= 10 ? 1 / rank : 0), 0);
  return {
    'hit@1': share(1),
    'hit@5': share(5),
    'mrr@10': reciprocals / ranks.length,
    questions: ranks.length,
  };
}

/** The language of an answer is that of its quote. */
function directionOfAnswer({ language, answers }: ArchiveQuestion): QuestionDirection | null {
  if (answers.length === 0) return null;
  const own = answers.filter((answer) => detectLanguage(answer.quote) === language).length;
  if (own === answers.length) return 'same';
  return own === 0 ? 'across' : 'either';
}

function firstQuotingRank(hits: readonly QuestionHit[], answers: readonly QuotedAnswer[]): number | null {
  const quotes = answers.map(({ articleId, quote }) => ({ articleId, quote: withSingleBlanks(quote) }));
  const position = hits.findIndex((hit) => {
    const text = withSingleBlanks(hit.text);
    return quotes.some(({ articleId, quote }) => articleId === hit.articleId && text.includes(quote));
  });
  return position === -1 ? null : position + 1;
}

function withSingleBlanks(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
