import { asPassageId } from '../domain/passage.js';
import type { RelatedRequest } from '../search/related-request.js';
import { SEARCH_LIMITS } from '../search/search-request.js';
import { readIntegerOption } from './read-integer-option.js';
import { readLanguages } from './read-one-of.js';

/** The options of `fihrist related`, as they were typed. */
export interface RelatedOptions {
  readonly limit: string;
  readonly language: readonly string[];
  readonly sameArticle?: true;
}

/** @throws INVALID_REQUEST (caller) */
export function readRelatedRequest(id: string, options: RelatedOptions): RelatedRequest {
  const { minLimit, maxLimit } = SEARCH_LIMITS;
  const languages = readLanguages(options.language);
  return {
    passageId: asPassageId(id),
    limit: readIntegerOption('limit', options.limit, { minimum: minLimit, maximum: maxLimit }),
    sameArticle: options.sameArticle === true,
    ...(languages.length === 0 ? {} : { languages }),
  };
}
