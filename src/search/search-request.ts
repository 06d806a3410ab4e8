import { FihristError } from '../domain/errors.js';
import type { Language } from '../domain/language.js';
import { hasSearchableText } from '../text/has-searchable-text.js';

/** A search as every front door asks it. */
export interface SearchRequest {
  readonly query: string;
  /** Hits wanted, 1–100. */
  readonly limit: number;
  /** Hits skipped, 0 or more; `offset + limit` is at most 1,000. */
  readonly offset: number;
  /** Languages of the passages that may be found. Unset: all. Never empty. */
  readonly languages?: readonly Language[];
}

export const SEARCH_LIMITS = {
  maxQueryCharacters: 10_000,
  minLimit: 1,
  maxLimit: 100,
  defaultLimit: 10,
  /** Last rank that can be asked for. */
  maxDepth: 1_000,
} as const;

/** @returns The query. @throws QUERY_EMPTY, QUERY_TOO_LONG (caller) */
export function checkQuery(query: string): string {
  if (query.length > SEARCH_LIMITS.maxQueryCharacters) {
    throw new FihristError(
      'QUERY_TOO_LONG',
      `query has ${query.length} characters; at most ${SEARCH_LIMITS.maxQueryCharacters} are allowed.`,
      { details: { field: 'query', limit: SEARCH_LIMITS.maxQueryCharacters, value: query.length } },
    );
  }
  if (!hasSearchableText(query)) {
    throw new FihristError('QUERY_EMPTY', 'query has no letter or digit to search for.', {
      details: { field: 'query', limit: 1, value: 0 },
    });
  }
  return query;
}

/** @throws INVALID_REQUEST (caller) when a page reaches beyond the last rank */
export function checkPage({ offset, limit }: Pick<SearchRequest, 'offset' | 'limit'>): void {
  const { maxDepth } = SEARCH_LIMITS;
  if (offset + limit <= maxDepth) return;
  throw new FihristError(
    'INVALID_REQUEST',
    `offset + limit must be at most ${maxDepth}, not ${offset} + ${limit} = ${offset + limit}.`,
    { details: { field: 'offset', limit: maxDepth, value: offset + limit } },
  );
}
