import { type AnswerRequest, checkHistory, type Turn } from '../../answer/answer-request.js';
import { FihristError } from '../../domain/errors.js';
import { checkQuery } from '../../search/search-request.js';

/**
 * Makes a conversation, as chat interfaces send it, a question and what was said before.
 * @param turns  In order, without those that are neither the reader's nor an answer.
 * @throws INVALID_REQUEST, QUERY_EMPTY, QUERY_TOO_LONG (caller)
 */
export function toQuestion(turns: readonly Turn[]): AnswerRequest {
  const last = turns.at(-1);
  if (last?.role !== 'user') {
    throw new FihristError(
      'INVALID_REQUEST',
      `messages must end with one of role "user", not ${last === undefined ? 'be without any' : `"${last.role}"`}.`,
      { details: { field: 'messages', allowed: 'a last message of role "user"', value: last?.role ?? null } },
    );
  }
  return {
    question: checkQuery(last.content, 'messages'),
    history: checkHistory(turns.slice(0, -1), 'messages'),
  };
}
