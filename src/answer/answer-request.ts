import { FihristError } from '../domain/errors.js';
import type { Language } from '../domain/language.js';
import type { SearchFilter } from '../domain/search-filter.js';

/** What was said before the question. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** A question as every front door asks it. */
export interface AnswerRequest {
  readonly question: string;
  /** Oldest first; empty when the question is the first. */
  readonly history: readonly Turn[];
  /** Languages of the passages that may be cited. Unset: all. Never empty. */
  readonly languages?: readonly Language[];
  /** What their articles must be. Unset: anything. */
  readonly filters?: SearchFilter;
}

export const ANSWER_LIMITS = {
  maxTurns: 100,
  /** Of one turn, in UTF-16 code units. */
  maxTurnCharacters: 20_000,
} as const;

/**
 * @param field  What the caller knows it by.
 * @throws INVALID_REQUEST (caller) naming the limit and the value
 */
export function checkHistory(history: readonly Turn[], field: 'history' | 'messages'): readonly Turn[] {
  const { maxTurns, maxTurnCharacters } = ANSWER_LIMITS;
  if (history.length > maxTurns) {
    throw new FihristError(
      'INVALID_REQUEST',
      `${field} has ${history.length} entries; at most ${maxTurns} are allowed.`,
      { details: { field, limit: maxTurns, value: history.length } },
    );
  }
  for (const [i, { content }] of history.entries()) {
    if (content.length <= maxTurnCharacters) continue;
    throw new FihristError(
      'INVALID_REQUEST',
      `${field}[${i}].content has ${content.length} characters; at most ${maxTurnCharacters} are allowed.`,
      { details: { field: `${field}[${i}].content`, limit: maxTurnCharacters, value: content.length } },
    );
  }
  return history;
}
