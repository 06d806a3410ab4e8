import { FihristError } from '../domain/errors.js';
import { LANGUAGES, type Language } from '../domain/language.js';
import { checkPage, checkQuery, SEARCH_LIMITS, type SearchRequest } from '../search/search-request.js';
import { readIntegerOption } from './read-integer-option.js';

/** The options of `fihrist search`, as they were typed. */
export interface SearchOptions {
  readonly limit: string;
  readonly offset: string;
  readonly language: readonly string[];
}

/**
 * From what was typed to a search that can be run.
 * @throws QUERY_EMPTY, QUERY_TOO_LONG, INVALID_REQUEST (caller)
 */
export function readSearchRequest(query: string, options: SearchOptions): SearchRequest {
  const { minLimit, maxLimit, maxDepth } = SEARCH_LIMITS;
  const limit = readIntegerOption('limit', options.limit, { minimum: minLimit, maximum: maxLimit });
  const offset = readIntegerOption('offset', options.offset, { minimum: 0, maximum: maxDepth - minLimit });
  checkPage({ offset, limit });
  const languages = [...new Set(options.language.map(readLanguage))];
  return {
    query: checkQuery(query),
    limit,
    offset,
    ...(languages.length === 0 ? {} : { languages }),
  };
}

function readLanguage(value: string): Language {
  const language = LANGUAGES.find((known) => known === value);
  if (language !== undefined) return language;
  const allowed = LANGUAGES.join(' or ');
  throw new FihristError('INVALID_REQUEST', `language must be ${allowed}, not ${JSON.stringify(value)}.`, {
    details: { field: 'language', allowed, limit: allowed, value },
  });
}
