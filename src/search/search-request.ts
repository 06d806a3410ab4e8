import { FihristError } from '../domain/errors.js';
import type { Language } from '../domain/language.js';
import type { SearchFilter } from '../domain/search-filter.js';
import { hasSearchableText } from '../text/has-searchable-text.js';

/** How passages are found: by meaning and words, by meaning alone, or by words alone. */
export const SEARCH_MODES = ['hybrid', 'dense', 'keyword'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

/** A search as every front door asks it. */
export interface SearchRequest {
  readonly query: string;
  /** Hits wanted, 1–100: passages, or articles when they are grouped. */
  readonly limit: number;
  /** Hits skipped, 0 or more; `offset + limit` is at most 1,000. */
  readonly offset: number;
  /** Languages of the passages that may be found. Unset: all. Never empty. */
  readonly languages?: readonly Language[];
  /** What their articles must be. Unset: anything. */
  readonly filters?: SearchFilter;
  readonly mode: SearchMode;
  /** `article`: each article is one hit, its best passage. Unset: every passage is one. */
  readonly groupBy?: 'article';
  /** How much hits must differ from those before them, 0 (not at all) to 1 (nothing else counts after the first). */
  readonly diversity: number;
  /** Whether each hit tells what its score is made of. */
  readonly explain: boolean;
}

/** What a search is when nothing is said but the query. */
export const SEARCH_DEFAULTS = {
  limit: 10,
  offset: 0,
  mode: 'hybrid',
  diversity: 0,
  explain: false,
} as const satisfies Omit<SearchRequest, 'query'>;

export const SEARCH_LIMITS = {
  maxQueryCharacters: 10_000,
  minLimit: 1,
  maxLimit: 100,
  /** Last rank that can be asked for. */
  maxDepth: 1_000,
} as const;

/**
 * @param field  What the caller knows it by.
 * @returns The query.
 * @throws QUERY_EMPTY, QUERY_TOO_LONG (caller)
 */
export function checkQuery(query: string, field: 'query' | 'text' | 'q' = 'query'): string {
  if (query.length > SEARCH_LIMITS.maxQueryCharacters) {
    throw new FihristError(
      'QUERY_TOO_LONG',
      `${field} has ${query.length} characters; at most ${SEARCH_LIMITS.maxQueryCharacters} are allowed.`,
      { details: { field, limit: SEARCH_LIMITS.maxQueryCharacters, value: query.length } },
    );
  }
  if (!hasSearchableText(query)) {
    throw new FihristError('QUERY_EMPTY', `${field} has no letter or digit to search for.`, {
      details: { field, limit: 1, value: 0 },
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
