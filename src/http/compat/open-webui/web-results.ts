import { z } from 'zod';
import type { RankedPassage } from '../../../domain/ranked-passage.js';
import { articleLink } from '../../../search/article-link.js';
import { articleName } from '../../../search/article-name.js';
import {
  checkQuery,
  SEARCH_DEFAULTS,
  SEARCH_LIMITS,
  type SearchRequest,
} from '../../../search/search-request.js';
import { describeField } from '../../describe-field.js';
import { readFields } from '../../read-fields.js';

const { minLimit, maxLimit } = SEARCH_LIMITS;

/** The body of `POST /open-webui/search`. */
export const webSearchBodySchema = z
  .object({
    query: describeField(z.string(), { allowed: 'a string', meaning: 'The question.' }),
    count: describeField(z.int().min(minLimit).max(maxLimit).nullish(), {
      allowed: `a whole number from ${minLimit} to ${maxLimit}`,
      meaning: 'How many articles are wanted. Default: 10.',
    }),
  })
  .meta({ id: 'OpenWebuiSearchRequest', description: 'A question, as Open WebUI asks an external search.' });

export const webResultsSchema = z
  .array(
    z.object({
      link: z.string().describe('Where people read the article.'),
      title: z.string().describe('Title of the article.'),
      snippet: z.string().describe('Its best passage, untouched.'),
    }),
  )
  .meta({ id: 'OpenWebuiResults', description: 'Articles, best first, as Open WebUI takes them.' });

/**
 * One hit an article, since what a link leads to is read once.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD, QUERY_EMPTY, QUERY_TOO_LONG (caller)
 */
export function readWebSearchBody(body: unknown): SearchRequest {
  const { query, count } = readFields(body, webSearchBodySchema);
  return {
    ...SEARCH_DEFAULTS,
    query: checkQuery(query),
    limit: count ?? SEARCH_DEFAULTS.limit,
    groupBy: 'article',
  };
}

export function toWebResults(
  hits: readonly RankedPassage[],
  serviceUrl: string,
): z.output<typeof webResultsSchema> {
  return hits.map((hit) => ({
    link: articleLink(hit, serviceUrl),
    title: articleName(hit),
    snippet: hit.text,
  }));
}
