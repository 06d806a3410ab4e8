import { invalidField } from '../search/refuse-field.js';
import {
  checkPage,
  checkQuery,
  SEARCH_LIMITS,
  SEARCH_MODES,
  type SearchRequest,
} from '../search/search-request.js';
import { readFilterOptions } from './read-filter-options.js';
import { readIntegerOption } from './read-integer-option.js';
import { readLanguages, readOneOf } from './read-one-of.js';

/** The options of `fihrist search`, as they were typed. */
export interface SearchOptions {
  readonly limit: string;
  readonly offset: string;
  readonly language: readonly string[];
  readonly mode: string;
  readonly filter: readonly string[];
  readonly groupByArticle?: true;
  readonly diversity: string;
  readonly explain?: true;
}

/**
 * From what was typed to a search that can be run.
 * @throws QUERY_EMPTY, QUERY_TOO_LONG, INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function readSearchRequest(query: string, options: SearchOptions): SearchRequest {
  const { minLimit, maxLimit, maxDepth } = SEARCH_LIMITS;
  const limit = readIntegerOption('limit', options.limit, { minimum: minLimit, maximum: maxLimit });
  const offset = readIntegerOption('offset', options.offset, { minimum: 0, maximum: maxDepth - minLimit });
  checkPage({ offset, limit });
  const languages = readLanguages(options.language);
  const filters = readFilterOptions(options.filter);
  return {
    query: checkQuery(query),
    limit,
    offset,
    mode: readOneOf('mode', options.mode, SEARCH_MODES),
    diversity: readDiversity(options.diversity),
    explain: options.explain === true,
    ...(languages.length === 0 ? {} : { languages }),
    ...(filters === undefined ? {} : { filters }),
    ...(options.groupByArticle === true ? { groupBy: 'article' } : {}),
  };
}

function readDiversity(typed: string): number {
  const number = /^\d*\.?\d+$/.test(typed) ? Number(typed) : Number.NaN;
  if (number >= 0 && number <= 1) return number;
  throw invalidField('diversity', 'a number from 0 to 1', typed);
}
