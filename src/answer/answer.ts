import type { Language } from '../domain/language.js';
import type { PassageId, TextSpan } from '../domain/passage.js';
import type { RankedPassage } from '../domain/ranked-passage.js';
import type { SearchResult } from '../search/search-passages.js';
import type { TokenUsage } from './chat-model.js';
import type { ModelFailureReason } from './model-failure.js';

/** A passage that an answer may point to. */
export interface Source {
  /** From 1: what stands in square brackets in the answer. */
  readonly number: number;
  readonly passage: RankedPassage;
}

/** Which part of an answer a source bears out, and where it does. */
export interface Citation {
  /** The statement in the answer's text, without its marker. UTF-16 code units, half open. */
  readonly start: number;
  readonly end: number;
  /** `[1]` in the answer's text. */
  readonly marker: TextSpan;
  /** Number of a source that the answer has. */
  readonly source: number;
  readonly passageId: PassageId;
  /** The words of the passage that bear it out; null when none were named, or those named do not stand there. */
  readonly quote: TextSpan | null;
  /** Whether `quote` was found in the passage, and no other quotation in the statement is made up. */
  readonly verified: boolean;
}

/** Quotations from the archive, or written by a language model from passages. */
export type AnswerMethod = 'extract' | 'model';

/** Why there is no answer of the model: something failed, or it wrote nothing that can be shown. */
export type FallbackReason = ModelFailureReason | 'uncited';

export interface Answer {
  readonly status: 'answered' | 'no_answer';
  /** Of the last part of the text; the first part is the model's when it failed in the middle. */
  readonly method: AnswerMethod;
  /** Null when nothing failed. */
  readonly fallback: FallbackReason | null;
  readonly text: string;
  /** By where their markers stand. */
  readonly citations: readonly Citation[];
  readonly sources: readonly Source[];
  /** What was searched for: the question, or what it means after what was said before. */
  readonly standaloneQuestion: string;
  readonly language: Language;
  /** Of the language model for all of it; null without one, and when its server did not tell. */
  readonly usage: TokenUsage | null;
  /** What the search said beside its hits. */
  readonly search: Omit<SearchResult, 'hits'>;
}

/** How an answer comes to be, in this order: the sources, then text with its citations, and the whole at the end. */
export type AnswerEvent =
  | {
      readonly kind: 'sources';
      readonly sources: readonly Source[];
      readonly standaloneQuestion: string;
    }
  /** To be put behind all text before it. */
  | { readonly kind: 'text'; readonly text: string }
  /** Of text that was told already. */
  | { readonly kind: 'citation'; readonly citation: Citation }
  | { readonly kind: 'final'; readonly answer: Answer };
