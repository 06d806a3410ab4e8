import type { Language } from '../domain/language.js';
import { detectLanguage } from '../text/detect-language.js';
import type { ArchiveQuestion } from './archive-questions.js';
import { firstQuotingRank } from './first-quoting-rank.js';
import { type LanguageDirection, languageDirection } from './language-direction.js';
import type { MeasuredQuestion } from './summarise-measures.js';

export const QUESTION_METRIC_NAMES = ['hit@1', 'hit@5', 'mrr@10'] as const;

export type QuestionMetricName = (typeof QUESTION_METRIC_NAMES)[number];

/** A found passage, as far as questions go. */
export interface QuestionHit {
  /** Of the passage. */
  readonly id: string;
  readonly articleId: string;
  readonly text: string;
  readonly score: number;
}

/** Where the answer of a question is: in the question's own language, only in the other one, or in both. */
export type QuestionDirection = 'same' | 'across' | 'either';

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

/** An outcome with what the measures by mode need; `measured` is null when the archive does not answer. */
export interface AskedQuestion {
  readonly outcome: QuestionOutcome;
  readonly measured: MeasuredQuestion<QuestionMetricName> | null;
}

/** @param hits  What was found, best first. */
export function outcomeOf(question: ArchiveQuestion, hits: readonly QuestionHit[]): AskedQuestion {
  const { id, language, answers } = question;
  const topScore = hits[0]?.score ?? null;
  const rank = firstQuotingRank(hits, answers);
  if (answers.length === 0) {
    return { outcome: { id, direction: null, firstRelevantRank: rank, topScore }, measured: null };
  }
  const languages = languagesOf(question);
  return {
    outcome: { id, direction: directionOf(language, languages), firstRelevantRank: rank, topScore },
    measured: {
      id,
      direction: languages,
      metrics: {
        'hit@1': rank !== null && rank <= 1 ? 1 : 0,
        'hit@5': rank !== null && rank <= 5 ? 1 : 0,
        'mrr@10': rank !== null && rank <= 10 ? 1 / rank : 0,
      },
      ranking: hits.map((hit) => ({ id: hit.id, score: hit.score })),
    },
  };
}

/** The language of an answer is that of its quote. */
function languagesOf({ language, answers }: ArchiveQuestion): LanguageDirection {
  return languageDirection(
    language,
    answers.map((answer) => detectLanguage(answer.quote)),
  );
}

function directionOf(language: Language, languages: LanguageDirection): QuestionDirection {
  if (languages === `${language}→both`) return 'either';
  return languages === `${language}→${language}` ? 'same' : 'across';
}
