import { z } from 'zod';
import { LANGUAGES } from '../domain/language.js';
import type { RelatedRequest } from '../search/related-request.js';
import { SEARCH_DEFAULTS, SEARCH_LIMITS } from '../search/search-request.js';
import { describeField } from './describe-field.js';
import { readParameters } from './read-parameters.js';

const { minLimit, maxLimit } = SEARCH_LIMITS;

/** The parameters of `GET /v1/passages/{id}/related`. */
export const relatedParametersSchema = z.object({
  limit: describeField(z.int().min(minLimit).max(maxLimit).default(SEARCH_DEFAULTS.limit), {
    allowed: `a whole number from ${minLimit} to ${maxLimit}`,
    meaning: 'How many passages are wanted.',
  }),
  languages: describeField(z.array(z.enum(LANGUAGES)).min(1).optional(), {
    allowed: '"ar", "en" or "ar,en"',
    meaning:
      'Languages of the passages that may be found: a list with commas, or the parameter given twice. Default: both.',
  }),
  same_article: describeField(z.boolean().default(false), {
    allowed: 'true or false',
    meaning: "Whether passages of the passage's own article may be found, too.",
  }),
});

/**
 * From the part of an address after `?` to what is asked for. Nothing is guessed: what is not known is refused.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function parseRelatedParameters(search: string): Omit<RelatedRequest, 'passageId'> {
  const { limit, languages, same_article: sameArticle } = readParameters(search, relatedParametersSchema);
  return {
    limit,
    sameArticle,
    ...(languages === undefined ? {} : { languages: [...new Set(languages)] }),
  };
}
