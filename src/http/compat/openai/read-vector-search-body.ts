import { z } from 'zod';
import { readSearchFilter } from '../../../search/read-search-filter.js';
import { filterSchemaOf, ISO_DATE } from '../../../search/search-filter-schema.js';
import { checkQuery, SEARCH_DEFAULTS, type SearchRequest } from '../../../search/search-request.js';
import { describeField } from '../../describe-field.js';
import { readFields } from '../../read-fields.js';
import { withWrittenDates } from './with-written-dates.js';

/** As with OpenAI. */
const MAX_RESULTS = 50;
const MAX_QUERIES = 10;

const rankingOptions = z.strictObject({
  ranker: describeField(z.string().nullish(), { allowed: 'a string', meaning: 'Changes nothing.' }),
  score_threshold: describeField(z.number().min(0).max(1).nullish(), {
    allowed: 'a number from 0 to 1',
    meaning: 'Results of a lower score are left out. Default: 0.',
  }),
});

/** Attributes of OpenAI have no type for dates. */
const filter = filterSchemaOf({
  date: z.union([z.string(), z.number()]).describe(`${ISO_DATE} Or seconds since 1970.`),
  prefix: 'VectorStore',
});

/** The body of `POST /v1/vector_stores/{id}/search`. Fields that may be left out may be null, too. */
export const vectorSearchBodySchema = z
  .object({
    query: describeField(z.union([z.string(), z.array(z.string()).min(1).max(MAX_QUERIES)]), {
      allowed: `a string or an array of 1 to ${MAX_QUERIES} strings`,
      meaning: 'The question; of several, a passage counts by the one that it answers best.',
    }),
    filters: describeField(filter.nullish(), {
      allowed: 'a filter',
      meaning:
        'What the passages must be, on the keys `language`, `tags`, `source`, `article_id` and `published_at` (a date, or seconds since 1970). Default: anything.',
    }),
    max_num_results: describeField(z.int().min(1).max(MAX_RESULTS).nullish(), {
      allowed: `a whole number from 1 to ${MAX_RESULTS}`,
      meaning: 'How many passages are wanted. Default: 10.',
    }),
    ranking_options: describeField(rankingOptions.nullish(), {
      allowed: 'an object with "ranker" and "score_threshold"',
      meaning: 'How results are ranked.',
    }),
    rewrite_query: describeField(z.boolean().nullish(), {
      allowed: 'true or false',
      meaning: 'Changes nothing: a question is searched for as it stands.',
    }),
  })
  .meta({ id: 'VectorStoreSearchRequest', description: 'A question, as OpenAI’s vector stores take it.' });

/** Filters are read by readSearchFilter, which stops before it has gone too deep and names the place. */
const readableSchema = vectorSearchBodySchema.extend({
  filters: describeField(z.unknown().optional(), {
    allowed: 'a filter',
    meaning: 'What the passages must be.',
  }),
});

export interface VectorSearch {
  /** One a query, in order. */
  readonly requests: readonly SearchRequest[];
  readonly limit: number;
  /** 0…1. */
  readonly scoreThreshold: number;
}

/** @throws INVALID_REQUEST, UNKNOWN_FIELD, QUERY_EMPTY, QUERY_TOO_LONG (caller) */
export function readVectorSearchBody(body: unknown): VectorSearch {
  const fields = readFields(body, readableSchema);
  const limit = fields.max_num_results ?? SEARCH_DEFAULTS.limit;
  const filters =
    fields.filters === undefined || fields.filters === null
      ? {}
      : { filters: readSearchFilter(withWrittenDates(fields.filters), 'filters') };
  const queries = typeof fields.query === 'string' ? [fields.query] : fields.query;
  return {
    requests: queries.map((query) => ({ ...SEARCH_DEFAULTS, ...filters, limit, query: checkQuery(query) })),
    limit,
    scoreThreshold: fields.ranking_options?.score_threshold ?? 0,
  };
}
