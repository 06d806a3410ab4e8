import { z } from 'zod';
import { LANGUAGES } from '../domain/language.js';
import { readSearchFilter } from '../search/read-search-filter.js';
import { searchFilterSchema } from '../search/search-filter-schema.js';
import {
  checkPage,
  checkQuery,
  SEARCH_DEFAULTS,
  SEARCH_LIMITS,
  SEARCH_MODES,
  type SearchRequest,
} from '../search/search-request.js';
import { describeField } from './describe-field.js';
import { readFields } from './read-fields.js';

const { minLimit, maxLimit, maxDepth, maxQueryCharacters } = SEARCH_LIMITS;

/** The body of `POST /v1/search`. */
export const searchBodySchema = z
  .object({
    query: describeField(z.string(), {
      allowed: 'a string',
      meaning: `The question, in Arabic or English: 1 to ${maxQueryCharacters} characters (UTF-16 code units), at least one letter or digit. Words in quotes are a phrase.`,
    }),
    limit: describeField(z.int().min(minLimit).max(maxLimit).default(SEARCH_DEFAULTS.limit), {
      allowed: `a whole number from ${minLimit} to ${maxLimit}`,
      meaning: 'How many hits are wanted: passages, or articles with `group_by`.',
    }),
    offset: describeField(
      z
        .int()
        .min(0)
        .max(maxDepth - minLimit)
        .default(SEARCH_DEFAULTS.offset),
      {
        allowed: `a whole number from 0 to ${maxDepth - minLimit}`,
        meaning: `How many hits are skipped; \`offset\` + \`limit\` is at most ${maxDepth}.`,
      },
    ),
    mode: describeField(z.enum(SEARCH_MODES).default(SEARCH_DEFAULTS.mode), {
      allowed: '"hybrid", "dense" or "keyword"',
      meaning: 'How passages are found: by meaning and words, by meaning alone, or by words alone.',
    }),
    languages: describeField(z.array(z.enum(LANGUAGES)).min(1).optional(), {
      allowed: 'an array with "ar", "en" or both',
      meaning: 'Languages of the passages (not of the question) that may be found. Default: both.',
    }),
    filters: describeField(searchFilterSchema.optional(), {
      allowed: 'a filter',
      meaning: 'What the articles must be. Default: anything.',
    }),
    group_by: describeField(z.literal('article').optional(), {
      allowed: '"article"',
      meaning: 'Makes each article one hit, its best passage. Default: each passage is a hit.',
    }),
    diversity: describeField(z.number().min(0).max(1).default(SEARCH_DEFAULTS.diversity), {
      allowed: 'a number from 0 to 1',
      meaning:
        'How much a hit must differ from those before it: 0 leaves the order alone; at 1 nothing but that counts after the first hit.',
    }),
    explain: describeField(z.boolean().default(SEARCH_DEFAULTS.explain), {
      allowed: 'true or false',
      meaning: 'Whether each hit tells what its score is made of.',
    }),
  })
  .meta({ id: 'SearchRequest', description: 'A question.' });

/** Filters are read by readSearchFilter, which stops before it has gone too deep and names the place. */
const readableSchema = searchBodySchema.extend({
  filters: describeField(z.unknown().optional(), {
    allowed: 'a filter',
    meaning: 'What the articles must be.',
  }),
});

/**
 * From what came over the wire to a search that can be run. Nothing is guessed: what is not known is refused.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD, QUERY_EMPTY, QUERY_TOO_LONG (caller)
 */
export function parseSearchBody(body: unknown): SearchRequest {
  const { query, languages, filters, group_by: groupBy, ...rest } = readFields(body, readableSchema);
  checkPage(rest);
  return {
    ...rest,
    query: checkQuery(query),
    ...(languages === undefined ? {} : { languages: [...new Set(languages)] }),
    ...(filters === undefined ? {} : { filters: readSearchFilter(filters, 'filters') }),
    ...(groupBy === undefined ? {} : { groupBy }),
  };
}
