import type { PassageId, TextSpan } from '../../domain/passage.js';
import type { RankedPassage } from '../../domain/ranked-passage.js';

/** What was said before a question. */
export interface ChatTurn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

export interface ChatQuestion {
  readonly question: string;
  /** Oldest first. */
  readonly history: readonly ChatTurn[];
}

/** A passage that an answer may point to; `number` is what stands in square brackets. */
export interface ChatSource {
  readonly number: number;
  readonly passage: RankedPassage;
}

/** Which source bears out a statement, and with which words. */
export interface ChatCitation {
  /** `[1]` in the answer's text. */
  readonly marker: TextSpan;
  readonly source: number;
  readonly passageId: PassageId;
  /** Span of the passage; null when no words of it were named. */
  readonly quote: TextSpan | null;
}

export interface ChatAnswer {
  readonly status: 'answered' | 'no_answer';
  readonly text: string;
  /** By where their markers stand. */
  readonly citations: readonly ChatCitation[];
  readonly sources: readonly ChatSource[];
}

/** How an answer comes to be: its text piece by piece, and the whole at the end. Other events are left alone. */
export type ChatEvent =
  | { readonly kind: 'sources' | 'citation' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'final'; readonly answer: ChatAnswer };

/** Answers a question. May throw any FihristError, NOT_READY among them. */
export type AnswerChat = (question: ChatQuestion, signal: AbortSignal) => AsyncIterable<ChatEvent>;
